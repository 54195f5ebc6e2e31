namespace Workbook.Bitcoin;

/// <summary>
/// The instructions of scripts, one byte each. 1 to 75 push as many bytes as they say and have no names. The names are those that block
/// explorers print.
/// </summary>
public enum Opcode : byte
{
    /// <summary>Pushes nothing: an empty item, which is the number 0 and false.</summary>
    OP_0 = 0x00,

    /// <summary>Pushes what follows; one byte says how much.</summary>
    OP_PUSHDATA1 = 0x4c,

    /// <summary>Pushes what follows; two bytes say how much.</summary>
    OP_PUSHDATA2 = 0x4d,

    /// <summary>Pushes what follows; four bytes say how much.</summary>
    OP_PUSHDATA4 = 0x4e,

    /// <summary>Pushes the number -1.</summary>
    OP_1NEGATE = 0x4f,

    /// <summary>Refused where it runs.</summary>
    OP_RESERVED = 0x50,

    /// <summary>Pushes the number 1; those up to 16 have the next bytes.</summary>
    OP_1 = 0x51,
    OP_2, OP_3, OP_4, OP_5, OP_6, OP_7, OP_8, OP_9, OP_10, OP_11, OP_12, OP_13, OP_14, OP_15,

    /// <summary>Pushes the number 16.</summary>
    OP_16,

    /// <summary>Does nothing.</summary>
    OP_NOP = 0x61,

    /// <summary>Refused where it runs.</summary>
    OP_VER,

    /// <summary>Takes an item; what follows runs if it is true.</summary>
    OP_IF,

    /// <summary>Takes an item; what follows runs if it is false.</summary>
    OP_NOTIF,

    /// <summary>Refused wherever it stands.</summary>
    OP_VERIF,

    /// <summary>Refused wherever it stands.</summary>
    OP_VERNOTIF,

    /// <summary>What follows runs if what was before did not.</summary>
    OP_ELSE,

    /// <summary>Ends what OP_IF or OP_NOTIF began.</summary>
    OP_ENDIF,

    /// <summary>Takes an item and fails if it is false.</summary>
    OP_VERIFY,

    /// <summary>Fails: its output can never be spent.</summary>
    OP_RETURN,

    /// <summary>Moves the top item to the other stack.</summary>
    OP_TOALTSTACK,

    /// <summary>Moves an item back from the other stack.</summary>
    OP_FROMALTSTACK,
    OP_2DROP, OP_2DUP, OP_3DUP, OP_2OVER, OP_2ROT, OP_2SWAP, OP_IFDUP, OP_DEPTH, OP_DROP, OP_DUP, OP_NIP, OP_OVER, OP_PICK, OP_ROLL, OP_ROT, OP_SWAP, OP_TUCK,

    /// <summary>Switched off in 2010, as all that are documented so: refused wherever it stands.</summary>
    OP_CAT,

    /// <summary>Switched off in 2010.</summary>
    OP_SUBSTR,

    /// <summary>Switched off in 2010.</summary>
    OP_LEFT,

    /// <summary>Switched off in 2010.</summary>
    OP_RIGHT,

    /// <summary>Pushes the length of the top item, which stays.</summary>
    OP_SIZE,

    /// <summary>Switched off in 2010.</summary>
    OP_INVERT,

    /// <summary>Switched off in 2010.</summary>
    OP_AND,

    /// <summary>Switched off in 2010.</summary>
    OP_OR,

    /// <summary>Switched off in 2010.</summary>
    OP_XOR,

    /// <summary>Whether two items are the same, byte for byte.</summary>
    OP_EQUAL,

    /// <summary>Fails if two items are not the same.</summary>
    OP_EQUALVERIFY,

    /// <summary>Refused where it runs.</summary>
    OP_RESERVED1,

    /// <summary>Refused where it runs.</summary>
    OP_RESERVED2,
    OP_1ADD, OP_1SUB,

    /// <summary>Switched off in 2010.</summary>
    OP_2MUL,

    /// <summary>Switched off in 2010.</summary>
    OP_2DIV,
    OP_NEGATE, OP_ABS, OP_NOT, OP_0NOTEQUAL, OP_ADD, OP_SUB,

    /// <summary>Switched off in 2010.</summary>
    OP_MUL,

    /// <summary>Switched off in 2010.</summary>
    OP_DIV,

    /// <summary>Switched off in 2010.</summary>
    OP_MOD,

    /// <summary>Switched off in 2010.</summary>
    OP_LSHIFT,

    /// <summary>Switched off in 2010.</summary>
    OP_RSHIFT,
    OP_BOOLAND, OP_BOOLOR, OP_NUMEQUAL, OP_NUMEQUALVERIFY, OP_NUMNOTEQUAL, OP_LESSTHAN, OP_GREATERTHAN, OP_LESSTHANOREQUAL, OP_GREATERTHANOREQUAL,
    OP_MIN, OP_MAX,

    /// <summary>Whether the third item from the top is at least the second and below the top.</summary>
    OP_WITHIN,
    OP_RIPEMD160, OP_SHA1, OP_SHA256,

    /// <summary>RIPEMD-160 of SHA-256.</summary>
    OP_HASH160,

    /// <summary>SHA-256 twice.</summary>
    OP_HASH256,

    /// <summary>Signatures from here on sign only what stands behind it.</summary>
    OP_CODESEPARATOR,

    /// <summary>Takes a public key and a signature below it, and says whether that signs the transaction.</summary>
    OP_CHECKSIG,

    /// <summary>Fails if the signature does not sign the transaction.</summary>
    OP_CHECKSIGVERIFY,

    /// <summary>
    /// Takes n public keys, m signatures and one item more, which was a mistake; says whether each signature is by one of the keys, in their order.
    /// </summary>
    OP_CHECKMULTISIG,

    /// <summary>Fails where <see cref="OP_CHECKMULTISIG"/> says no.</summary>
    OP_CHECKMULTISIGVERIFY,

    /// <summary>Does nothing, and may mean something some day.</summary>
    OP_NOP1,

    /// <summary>Fails unless the transaction waits for the height or time on top of the stack (BIP 65).</summary>
    OP_CHECKLOCKTIMEVERIFY,

    /// <summary>Fails unless the input waits as long after its output as the top of the stack says (BIP 112).</summary>
    OP_CHECKSEQUENCEVERIFY,

    /// <summary>Does nothing, and may mean something some day; so do those up to 10.</summary>
    OP_NOP4,
    OP_NOP5, OP_NOP6, OP_NOP7, OP_NOP8, OP_NOP9, OP_NOP10,
}
