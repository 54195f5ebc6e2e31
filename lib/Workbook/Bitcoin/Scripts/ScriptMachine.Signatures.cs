using Workbook.Parts.Keys;

namespace Workbook.Bitcoin;

/// <summary>Signatures, one and several.</summary>
internal sealed partial class ScriptMachine
{
    private const int MostKeys = 20;

    private ScriptError CheckSignature(Opcode opcode)
    {
        if (Stack.Count < 2) return ScriptError.StackEmpty;
        var (signature, key) = (Top(2), Top());
        var script = Signed([signature], out var error);
        if (error == ScriptError.None) error = FormOf(signature, key);
        if (error != ScriptError.None) return error;
        var isSigned = IsSigned(signature, key, script);
        if (!isSigned && signature.Length > 0 && rules.HasFlag(ScriptRules.NullFail)) return ScriptError.NullFail;
        Stack.RemoveRange(Stack.Count - 2, 2);
        return Verified(opcode == Opcode.OP_CHECKSIGVERIFY, isSigned, ScriptError.CheckSigVerify);
    }

    /// <summary>
    /// Keys and signatures are gone through from the top, in one order: a signature that is not by a key may be by the next one, and never by
    /// one that was passed.
    /// </summary>
    private ScriptError CheckSignatures(Opcode opcode)
    {
        if (!TryCount(1, MostKeys, ScriptError.KeyCount, out var keys, out var error)) return error;
        _operations += keys;
        if (_operations > MostOperations) return ScriptError.OperationCount;
        if (!TryCount(keys + 2, keys, ScriptError.SignatureCount, out var signatures, out error)) return error;
        var taken = keys + signatures + 3;
        if (Stack.Count < taken) return ScriptError.StackEmpty;

        var (key, signature) = (2, keys + 3);
        var script = Signed(Stack[^(signature + signatures - 1)..^(signature - 1)], out error);
        if (error != ScriptError.None) return error;
        var (keysLeft, signaturesLeft) = (keys, signatures);
        for (; signaturesLeft > 0 && signaturesLeft <= keysLeft; key++, keysLeft--)
        {
            error = FormOf(Top(signature), Top(key));
            if (error != ScriptError.None) return error;
            if (!IsSigned(Top(signature), Top(key), script)) continue;
            signature++;
            signaturesLeft--;
        }

        var isSigned = signaturesLeft == 0;
        if (!isSigned && rules.HasFlag(ScriptRules.NullFail) && Stack[^(taken - 1)..^(keys + 2)].Any(item => item.Length > 0)) return ScriptError.NullFail;
        if (rules.HasFlag(ScriptRules.NullDummy) && Top(taken).Length > 0) return ScriptError.NullDummy;
        Stack.RemoveRange(Stack.Count - taken, taken);
        return Verified(opcode == Opcode.OP_CHECKMULTISIGVERIFY, isSigned, ScriptError.CheckMultisigVerify);
    }

    private bool TryCount(int depth, int most, ScriptError tooMany, out int count, out ScriptError error)
    {
        count = 0;
        error = ScriptError.StackEmpty;
        if (Stack.Count < depth) return false;
        error = ScriptError.Number;
        if (!ScriptNumber.TryRead(Top(depth), ScriptNumber.Longest, MinimalNumbers, out var number)) return false;
        error = number < 0 || number > most ? tooMany : ScriptError.None;
        count = (int)number;
        return error == ScriptError.None;
    }

    /// <summary>
    /// What signatures sign of the script: what stands behind the last OP_CODESEPARATOR that ran; outside of witnesses without the signatures
    /// themselves.
    /// </summary>
    private byte[] Signed(List<byte[]> signatures, out ScriptError error)
    {
        error = ScriptError.None;
        var script = _script[_separator..];
        if (_isWitness) return script;

        // The one on top first.
        for (var index = signatures.Count - 1; index >= 0; index--)
        {
            script = Script.Without(script, ScriptItem.Plain(signatures[index]), out var found);
            if (found > 0 && rules.HasFlag(ScriptRules.ConstantScript)) error = ScriptError.FindAndDelete;
        }

        return script;
    }

    private bool IsSigned(byte[] signature, byte[] key, byte[] script) =>
        input is not null && input.IsSigned(signature, key, script, _isWitness, rules.HasFlag(ScriptRules.StrictDer));

    private ScriptError FormOf(byte[] signature, byte[] key)
    {
        const ScriptRules anyForm = ScriptRules.StrictDer | ScriptRules.LowS | ScriptRules.StrictEncoding;
        if (signature.Length > 0 && (rules & anyForm) != 0)
        {
            if (!EcdsaSignature.TryParseDer(signature.AsSpan(..^1), out var read)) return ScriptError.SignatureDer;
            if (rules.HasFlag(ScriptRules.LowS) && !read.IsLowS) return ScriptError.SignatureHighS;
            var isKnown = (signature[^1] & ~(int)SignatureHashType.AnyoneCanPay) is >= (int)SignatureHashType.All and <= (int)SignatureHashType.Single;
            if (rules.HasFlag(ScriptRules.StrictEncoding) && !isKnown) return ScriptError.SignatureType;
        }

        if (rules.HasFlag(ScriptRules.StrictEncoding) && key is not ([4, ..] and { Length: 65 } or [2 or 3, ..] and { Length: 33 })) return ScriptError.KeyType;
        return rules.HasFlag(ScriptRules.CompressedKeys) && _isWitness && key is not ([2 or 3, ..] and { Length: 33 })
            ? ScriptError.WitnessKeyType : ScriptError.None;
    }
}
