namespace Workbook.Bitcoin;

/// <summary>The name of why a script says no.</summary>
public enum ScriptError
{
    /// <summary>It says yes.</summary>
    None,

    /// <summary>It ended with false on top, or with nothing.</summary>
    False,

    /// <summary>OP_RETURN ran.</summary>
    Return,

    /// <summary>A script has more than 10,000 bytes.</summary>
    ScriptSize,

    /// <summary>An item has more than 520 bytes.</summary>
    PushSize,

    /// <summary>More than 201 instructions that are no pushes.</summary>
    OperationCount,

    /// <summary>More than 1,000 items on the two stacks.</summary>
    StackSize,

    /// <summary>A count of signatures is below zero or above that of the keys.</summary>
    SignatureCount,

    /// <summary>A count of keys is not from 0 to 20.</summary>
    KeyCount,

    /// <summary>OP_VERIFY took a false.</summary>
    Verify,

    /// <summary>OP_EQUALVERIFY took two items that differ.</summary>
    EqualVerify,

    /// <summary>OP_CHECKMULTISIGVERIFY found a signature by none of the keys.</summary>
    CheckMultisigVerify,

    /// <summary>OP_CHECKSIGVERIFY found that the signature does not sign.</summary>
    CheckSigVerify,

    /// <summary>OP_NUMEQUALVERIFY took two numbers that differ.</summary>
    NumEqualVerify,

    /// <summary>A byte that is no instruction, or one that must not run; or a push that the end cuts off.</summary>
    BadOpcode,

    /// <summary>An instruction that was switched off.</summary>
    DisabledOpcode,

    /// <summary>An instruction takes more items than there are.</summary>
    StackEmpty,

    /// <summary>OP_FROMALTSTACK found nothing.</summary>
    AltStackEmpty,

    /// <summary>OP_IF without OP_ENDIF, or the other way round.</summary>
    Unbalanced,

    /// <summary>A number is too long, or longer than it need be where that counts.</summary>
    Number,

    /// <summary>A time to wait for is below zero.</summary>
    NegativeLockTime,

    /// <summary>The transaction does not wait as the script asks.</summary>
    LockTime,

    /// <summary>A signature has an unknown type.</summary>
    SignatureType,

    /// <summary>A signature is not in strict DER.</summary>
    SignatureDer,

    /// <summary>A signature has the higher s.</summary>
    SignatureHighS,

    /// <summary>OP_CHECKMULTISIG took a last item that is not empty.</summary>
    NullDummy,

    /// <summary>A signature fails and is not empty.</summary>
    NullFail,

    /// <summary>A public key is of no known form.</summary>
    KeyType,

    /// <summary>A public key in a witness script has not 33 bytes.</summary>
    WitnessKeyType,

    /// <summary>A push or number is not in its shortest form.</summary>
    MinimalData,

    /// <summary>What OP_IF takes is neither empty nor 1.</summary>
    MinimalIf,

    /// <summary>An input's script does more than push.</summary>
    PushOnly,

    /// <summary>More than one item is left.</summary>
    CleanStack,

    /// <summary>An instruction that may mean something some day.</summary>
    FutureNop,

    /// <summary>A witness program of a version that means nothing yet.</summary>
    FutureWitness,

    /// <summary>A witness program of version 0 has neither 20 nor 32 bytes.</summary>
    WitnessLength,

    /// <summary>A witness program without a witness.</summary>
    WitnessEmpty,

    /// <summary>The witness is not what the program is the hash of.</summary>
    WitnessMismatch,

    /// <summary>The input's script of a witness program is not empty.</summary>
    WitnessMalleated,

    /// <summary>The input's script does more than push the witness program.</summary>
    WitnessMalleatedScriptHash,

    /// <summary>A witness that no program asks for.</summary>
    WitnessUnexpected,

    /// <summary>An OP_CODESEPARATOR outside of a witness script.</summary>
    CodeSeparator,

    /// <summary>A script holds the signature that it checks.</summary>
    FindAndDelete,
}
