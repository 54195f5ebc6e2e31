namespace Workbook.Bitcoin;

/// <summary>Errors of scripts as sentences.</summary>
internal static class ScriptReasons
{
    public static string Of(ScriptError error, string script, string instruction) =>
        error == ScriptError.None ? "The output may be spent." : $"The {script} says no{At(error, instruction)}: {What(error)}.";

    /// <summary>The instruction, where it was one that said no.</summary>
    private static string At(ScriptError error, string instruction) => instruction.Length == 0 || error is
        ScriptError.False or ScriptError.ScriptSize or ScriptError.Unbalanced or ScriptError.PushOnly or ScriptError.CleanStack
        or (>= ScriptError.FutureWitness and <= ScriptError.WitnessUnexpected) ? "" : $" at {instruction}";

    private static string What(ScriptError error) => error switch
    {
        ScriptError.False => "it ends with false on top of the stack, or with nothing",
        ScriptError.Return => "what contains it can never be spent",
        ScriptError.ScriptSize => $"it has more than {Script.MostBytes} bytes",
        ScriptError.PushSize => $"an item has more than {ScriptMachine.MostPush} bytes",
        ScriptError.OperationCount => $"more than {ScriptMachine.MostOperations} instructions that are no pushes, keys of multiple signatures counted in",
        ScriptError.StackSize => $"more than {ScriptMachine.MostItems} items are on the stacks",
        ScriptError.SignatureCount => "the number of signatures is not from 0 to that of the keys",
        ScriptError.KeyCount => "the number of keys is not from 0 to 20",
        ScriptError.Verify => "the item is false",
        ScriptError.EqualVerify => "the two items differ",
        ScriptError.CheckMultisigVerify => "the signatures are not all by keys in the list, in its order",
        ScriptError.CheckSigVerify => "the signature is not one of this transaction by this key",
        ScriptError.NumEqualVerify => "the two numbers differ",
        ScriptError.BadOpcode => "this is no instruction that may run",
        ScriptError.DisabledOpcode => "the instruction was switched off in 2010",
        ScriptError.StackEmpty => "it takes more items than are on the stack",
        ScriptError.AltStackEmpty => "the other stack is empty",
        ScriptError.Unbalanced => "OP_IF and OP_ENDIF do not match, or OP_IF finds no item",
        ScriptError.Number => "a number has more bytes than it may have",
        ScriptError.NegativeLockTime => "the time to wait for is below zero",
        ScriptError.LockTime => "the transaction does not wait as long as that, or not in the same unit",
        ScriptError.SignatureType => "the last byte of the signature is no known type",
        ScriptError.SignatureDer => "the signature is not in strict DER",
        ScriptError.SignatureHighS => "the signature has the higher of the two s that fit",
        ScriptError.NullDummy => "the item too many that it takes is not empty",
        ScriptError.NullFail => "the signature fails and is not empty",
        ScriptError.KeyType => "the public key has neither 33 nor 65 bytes, or begins with none of 02, 03 and 04",
        ScriptError.WitnessKeyType => "a public key in a witness has 33 bytes",
        ScriptError.MinimalData => "the push is longer than it need be",
        ScriptError.MinimalIf => "the item is neither empty nor 1",
        ScriptError.PushOnly => "the input's script does more than push items",
        ScriptError.CleanStack => "not just one item is left at the end",
        ScriptError.FutureNop => "the instruction has no meaning yet",
        ScriptError.FutureWitness => "the version of the witness program has no meaning yet",
        ScriptError.WitnessLength => "a witness program of version 0 has 20 or 32 bytes",
        ScriptError.WitnessEmpty => "the witness is empty",
        ScriptError.WitnessMismatch => "the witness is not what the program is the hash of",
        ScriptError.WitnessMalleated => "the input's script of a witness program must be empty",
        ScriptError.WitnessMalleatedScriptHash => "the input's script must push the witness program and do nothing else",
        ScriptError.WitnessUnexpected => "there is a witness, and nothing asks for one",
        ScriptError.CodeSeparator => "it may stand only in a witness script",
        ScriptError.FindAndDelete => "the script holds the signature that it checks",
        _ => "it fails",
    };
}
