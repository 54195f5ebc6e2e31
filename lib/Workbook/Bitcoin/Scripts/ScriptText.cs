namespace Workbook.Bitcoin;

/// <summary>Reads a script's text, as it is printed.</summary>
internal static class ScriptText
{
    public static Script Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bytes = new List<byte>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) bytes.AddRange(Bytes(word));
        return new Script([.. bytes]);
    }

    private static ReadOnlySpan<byte> Bytes(string word)
    {
        if (word.StartsWith("OP_UNKNOWN_", StringComparison.Ordinal) && word.Length == 13 && Data(word[11..]) is { } one) return one;
        if (word.StartsWith("OP_", StringComparison.Ordinal))
        {
            return Enum.TryParse<Opcode>(word, out var opcode) && opcode is Opcode.OP_0 or > Opcode.OP_PUSHDATA4 ? new[] { (byte)opcode }
                : throw new BitcoinException(BitcoinError.Script, $"“{word}” is no instruction of a script; they are named as in OP_DUP or OP_CHECKSIG.");
        }

        var colon = word.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0 && Data(word[(colon + 1)..]) is { } written && Pushed(word[..colon], written) is { } push) return push;
        if (colon < 0 && Data(word) is { Length: > 0 } data) return ((ScriptItem)data).Bytes;
        throw new BitcoinException(BitcoinError.Script,
            $"“{word}” is no word of a script; write the name of an instruction, as OP_DUP, or bytes to be pushed in hexadecimal, as 0102.");
    }

    /// <summary>A push that is written in a longer way than need be.</summary>
    private static byte[]? Pushed(string how, byte[] data) => how switch
    {
        "PUSH" when data.Length is > 0 and < (int)Opcode.OP_PUSHDATA1 => [(byte)data.Length, .. data],
        "PUSHDATA1" when data.Length <= byte.MaxValue => [(byte)Opcode.OP_PUSHDATA1, (byte)data.Length, .. data],
        "PUSHDATA2" when data.Length <= ushort.MaxValue => [(byte)Opcode.OP_PUSHDATA2, (byte)data.Length, (byte)(data.Length >> 8), .. data],
        "PUSHDATA4" => [(byte)Opcode.OP_PUSHDATA4, (byte)data.Length, (byte)(data.Length >> 8), (byte)(data.Length >> 16), (byte)(data.Length >> 24), .. data],
        _ => null,
    };

    private static byte[]? Data(string word)
    {
        foreach (var letter in word)
            if (!char.IsAsciiHexDigit(letter)) return null;
        return (word.Length & 1) == 0 ? Convert.FromHexString(word) : null;
    }
}
