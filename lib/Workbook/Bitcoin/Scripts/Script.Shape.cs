namespace Workbook.Bitcoin;

/// <summary>What can be seen of a script without running it.</summary>
public sealed partial class Script
{
    /// <summary>Keys that OP_CHECKMULTISIG counts for where nobody looks how many there are.</summary>
    private const int MostKeys = 20;

    /// <summary>Whether it pays to the hash of a script, which whoever spends must bring (BIP 16).</summary>
    public bool IsPayToScriptHash =>
        _bytes.Length == 23 && _bytes[0] == (byte)Opcode.OP_HASH160 && _bytes[1] == 20 && _bytes[22] == (byte)Opcode.OP_EQUAL;

    /// <summary>Whether it is a witness program (BIP 141): a version from 0 to 16 and 2 to 40 bytes, which the witness must fit.</summary>
    public bool IsWitnessProgram =>
        _bytes.Length is >= 4 and <= 42 && (Opcode)_bytes[0] is Opcode.OP_0 or (>= Opcode.OP_1 and <= Opcode.OP_16) && _bytes[1] + 2 == _bytes.Length;

    /// <summary>Whether no input can ever spend it, so that nobody need remember it.</summary>
    public bool IsUnspendable => (_bytes.Length > 0 && _bytes[0] == (byte)Opcode.OP_RETURN) || _bytes.Length > MostBytes;

    /// <summary>The version of a witness program, 0 to 16.</summary>
    internal int WitnessVersion => _bytes[0] == 0 ? 0 : _bytes[0] - (int)Opcode.OP_1 + 1;

    /// <summary>The bytes of a witness program.</summary>
    internal ReadOnlySpan<byte> WitnessProgram => _bytes.AsSpan(2);

    /// <summary>How many signature checks it can ask for.</summary>
    /// <param name="exact">Whether the number of keys before an OP_CHECKMULTISIG counts; else each counts as 20.</param>
    public int SignatureChecks(bool exact)
    {
        var (checks, last) = (0, Opcode.OP_NOP10);
        var reader = new ScriptReader(_bytes);
        for (; reader.Next(); last = reader.Opcode)
        {
            checks += reader.Opcode switch
            {
                Opcode.OP_CHECKSIG or Opcode.OP_CHECKSIGVERIFY => 1,
                Opcode.OP_CHECKMULTISIG or Opcode.OP_CHECKMULTISIGVERIFY =>
                    exact && last is >= Opcode.OP_1 and <= Opcode.OP_16 ? last - Opcode.OP_1 + 1 : MostKeys,
                _ => 0,
            };
        }

        return checks;
    }

    /// <summary>The item that the last instruction of a script that only pushes leaves on top; null when there is none.</summary>
    internal byte[]? LastPush()
    {
        byte[]? last = null;
        var reader = new ScriptReader(_bytes);
        while (reader.Next())
        {
            if (reader.Opcode > Opcode.OP_16) return null;
            last = Pushed(reader.Opcode, reader.Data);
        }

        return reader.IsCutOff ? null : last;
    }

    /// <summary>The number that the first instruction pushes; null when it pushes none of at most four bytes.</summary>
    internal long? FirstNumber()
    {
        var reader = new ScriptReader(_bytes);
        return reader.Next() && reader.Opcode <= Opcode.OP_16
            && ScriptNumber.TryRead(Pushed(reader.Opcode, reader.Data), ScriptNumber.Longest, minimal: true, out var number) ? number : null;
    }

    /// <summary>The item that an instruction up to OP_16 pushes.</summary>
    internal static byte[] Pushed(Opcode opcode, ReadOnlySpan<byte> data) =>
        opcode <= Opcode.OP_PUSHDATA4 ? data.ToArray() : ScriptNumber.Write((int)opcode - (int)Opcode.OP_1 + 1);

    /// <summary>
    /// The script without a push of these bytes, wherever an instruction begins with them: a signature cannot sign itself. Old nodes did so
    /// to any signature, and whether a block is valid hangs on it (FindAndDelete).
    /// </summary>
    internal static byte[] Without(ReadOnlySpan<byte> script, ReadOnlySpan<byte> push, out int found)
    {
        found = 0;
        if (push.Length == 0 || script.IndexOf(push) < 0) return script.ToArray();
        var kept = new List<byte>(script.Length);
        var position = 0;
        while (true)
        {
            while (script[position..].StartsWith(push))
            {
                position += push.Length;
                found++;
            }

            var reader = new ScriptReader(script, position);
            if (!reader.Next()) break;
            kept.AddRange(script[position..reader.Position]);
            position = reader.Position;
        }

        kept.AddRange(script[position..]);
        return [.. kept];
    }
}
