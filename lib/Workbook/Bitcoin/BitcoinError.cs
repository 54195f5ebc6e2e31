namespace Workbook.Bitcoin;

/// <summary>The name of what is wrong with bytes, a transaction, a block, a key or an address.</summary>
public enum BitcoinError
{
    /// <summary>The bytes end before what they began.</summary>
    Truncated,

    /// <summary>Bytes are left behind the end.</summary>
    Overlong,

    /// <summary>A size is written in more bytes than it needs.</summary>
    NotMinimal,

    /// <summary>A count promises more than the bytes that are left can hold.</summary>
    CountTooLarge,

    /// <summary>The text is not hexadecimal.</summary>
    NotHex,

    /// <summary>A compact target that is zero, negative or beyond 256 bits.</summary>
    BadTarget,

    /// <summary>The header's hash is above its target.</summary>
    ProofOfWork,

    /// <summary>The header's Merkle root is not that of the transactions.</summary>
    MerkleRoot,

    /// <summary>A Merkle tree in which two neighbours are the same, so that it has the root of a shorter one.</summary>
    MerkleDuplicate,

    /// <summary>A Merkle proof that cannot be that of a transaction.</summary>
    MerkleProof,

    /// <summary>A transaction without inputs.</summary>
    NoInputs,

    /// <summary>A transaction without outputs.</summary>
    NoOutputs,

    /// <summary>A block without transactions, or whose first is not a coinbase, or with a second coinbase.</summary>
    Coinbase,

    /// <summary>A coinbase whose script does not begin with the block's height (BIP 34).</summary>
    CoinbaseHeight,

    /// <summary>An amount below zero or above 21 million bitcoins.</summary>
    Amount,

    /// <summary>Two inputs of a transaction spend the same output.</summary>
    DuplicateInput,

    /// <summary>An input that is not a coinbase refers to no output.</summary>
    NullOutPoint,

    /// <summary>A block that weighs more than 4,000,000.</summary>
    Weight,

    /// <summary>A block whose scripts may ask for more signature checks than 80,000.</summary>
    SignatureChecks,

    /// <summary>The witness form of a transaction without any witness, or with an unknown flag.</summary>
    WitnessForm,

    /// <summary>The commitment to the witnesses in a coinbase is missing or is not theirs (BIP 141).</summary>
    WitnessCommitment,

    /// <summary>A text that is no address or private key.</summary>
    BadAddress,

    /// <summary>The checksum of an address or private key does not fit.</summary>
    Checksum,

    /// <summary>An address of another network.</summary>
    WrongNetwork,

    /// <summary>Bytes that are no private or public key.</summary>
    BadKey,

    /// <summary>A script does not let the input spend its output.</summary>
    Script,

    /// <summary>The outputs to be spent hold less than is to be paid.</summary>
    NotEnough,

    /// <summary>The block that a block names as the one before it is not known.</summary>
    UnknownParent,

    /// <summary>A block stands on one that is not valid.</summary>
    InvalidParent,

    /// <summary>A header states another target than the chain asks for at its place (§4).</summary>
    WrongTarget,

    /// <summary>A header's time is not after the median of the eleven blocks before it.</summary>
    TimeTooOld,

    /// <summary>A header's time is more than two hours after the clock.</summary>
    TimeTooNew,

    /// <summary>An input spends what no output on this branch is, or what was spent on it already (§5).</summary>
    NotUnspent,

    /// <summary>A coinbase's output is spent before enough blocks stand on it.</summary>
    Immature,

    /// <summary>A coinbase pays more than the subsidy and the fees (§6).</summary>
    CoinbaseAmount,

    /// <summary>A transaction makes outputs that are there already, unspent (BIP 30).</summary>
    DuplicateTransaction,

    /// <summary>A transaction waits for a later height or time (lock time, BIP 68).</summary>
    NotFinal,

    /// <summary>Another transaction of the memory pool spends the same output: the first one seen stays.</summary>
    Conflict,

    /// <summary>The transaction is in the memory pool already.</summary>
    AlreadyKnown,

    /// <summary>The memory pool holds as much as it may.</summary>
    PoolFull,
}
