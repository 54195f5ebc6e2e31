namespace Workbook.Bitcoin;

/// <summary>
/// Rules for scripts that came after the first client. A block obeys those that were in force at its height; what nodes pass on and miners
/// take obeys more ("policy"), so that nobody can change others' transactions under way, and so that rules can still be added.
/// </summary>
[Flags]
public enum ScriptRules
{
    /// <summary>None: the first client.</summary>
    None = 0,

    /// <summary>An output to the hash of a script asks for that script (BIP 16).</summary>
    PayToScriptHash = 1 << 0,

    /// <summary>Signatures are in strict DER (BIP 66).</summary>
    StrictDer = 1 << 1,

    /// <summary>The item too many that OP_CHECKMULTISIG takes is empty (BIP 147).</summary>
    NullDummy = 1 << 2,

    /// <summary>OP_CHECKLOCKTIMEVERIFY means something (BIP 65).</summary>
    CheckLockTime = 1 << 3,

    /// <summary>OP_CHECKSEQUENCEVERIFY means something (BIP 112).</summary>
    CheckSequence = 1 << 4,

    /// <summary>Witness programs ask for a witness (BIP 141, BIP 143).</summary>
    Witness = 1 << 5,

    /// <summary>Policy: signatures have a known type, public keys a known form.</summary>
    StrictEncoding = 1 << 6,

    /// <summary>Policy: of the two s that fit a signature it has the lower (BIP 62).</summary>
    LowS = 1 << 7,

    /// <summary>Policy: an input's script only pushes.</summary>
    PushOnly = 1 << 8,

    /// <summary>Policy: pushes and numbers have their shortest form (BIP 62).</summary>
    MinimalData = 1 << 9,

    /// <summary>Policy: instructions that may mean something some day are not used.</summary>
    NoFutureNops = 1 << 10,

    /// <summary>Policy: one item is left at the end.</summary>
    CleanStack = 1 << 11,

    /// <summary>Policy: a signature that fails is empty (BIP 146).</summary>
    NullFail = 1 << 12,

    /// <summary>Policy: in witness scripts, what OP_IF takes is empty or 1.</summary>
    MinimalIf = 1 << 13,

    /// <summary>Policy: in witness scripts, public keys have 33 bytes.</summary>
    CompressedKeys = 1 << 14,

    /// <summary>Policy: witness programs of versions that mean nothing yet are not spent.</summary>
    NoFutureWitness = 1 << 15,

    /// <summary>Policy: outside of witness scripts there is no OP_CODESEPARATOR, and no script holds its own signature.</summary>
    ConstantScript = 1 << 16,

    /// <summary>The rules that blocks of today obey, but for taproot, which is left out.</summary>
    Consensus = PayToScriptHash | StrictDer | NullDummy | CheckLockTime | CheckSequence | Witness,

    /// <summary>The rules of today's nodes for what they pass on.</summary>
    Policy = Consensus | StrictEncoding | LowS | PushOnly | MinimalData | NoFutureNops | CleanStack | NullFail | MinimalIf | CompressedKeys
        | NoFutureWitness | ConstantScript,
}
