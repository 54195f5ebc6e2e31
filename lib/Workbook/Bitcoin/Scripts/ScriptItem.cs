namespace Workbook.Bitcoin;

/// <summary>What a script can be made of: an instruction, bytes to be pushed, or a number to be pushed.</summary>
public readonly struct ScriptItem
{
    private readonly byte[]? _bytes;

    private ScriptItem(byte[] bytes) => _bytes = bytes;

    /// <summary>The item as it stands in a script.</summary>
    internal ReadOnlySpan<byte> Bytes => _bytes ?? [(byte)Opcode.OP_0];

    /// <summary>An instruction.</summary>
    public static implicit operator ScriptItem(Opcode opcode) => new([(byte)opcode]);

    /// <summary>Bytes, pushed in the shortest way.</summary>
    public static implicit operator ScriptItem(byte[] data) => Push(data);

    /// <summary>Bytes, pushed in the shortest way.</summary>
    public static implicit operator ScriptItem(ReadOnlyMemory<byte> data) => Push(data.Span);

    /// <summary>A number, pushed in the shortest way.</summary>
    public static implicit operator ScriptItem(long number) => Push(ScriptNumber.Write(number));

    /// <summary>Bytes pushed by their length alone, even where a number from -1 to 16 would be shorter.</summary>
    internal static byte[] Plain(ReadOnlySpan<byte> data) => data.Length switch
    {
        < (int)Opcode.OP_PUSHDATA1 => [(byte)data.Length, .. data],
        <= byte.MaxValue => [(byte)Opcode.OP_PUSHDATA1, (byte)data.Length, .. data],
        <= ushort.MaxValue => [(byte)Opcode.OP_PUSHDATA2, (byte)data.Length, (byte)(data.Length >> 8), .. data],
        _ => [(byte)Opcode.OP_PUSHDATA4, (byte)data.Length, (byte)(data.Length >> 8), (byte)(data.Length >> 16), (byte)(data.Length >> 24), .. data],
    };

    private static ScriptItem Push(ReadOnlySpan<byte> data) => data.Length == 1 && data[0] is >= 1 and <= 16
        ? (Opcode)(Opcode.OP_1 + data[0] - 1)
        : data.Length == 1 && data[0] == 0x81 ? Opcode.OP_1NEGATE
        : new ScriptItem(Plain(data));
}
