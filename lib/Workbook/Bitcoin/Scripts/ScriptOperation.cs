using System.Globalization;

namespace Workbook.Bitcoin;

/// <summary>One instruction of a script, with what it pushes.</summary>
/// <param name="Opcode">The instruction's byte.</param>
/// <param name="Data">The bytes that it pushes, where they stand in the script; else none.</param>
/// <param name="Position">Where it stands in the script, in bytes from 0.</param>
public sealed record ScriptOperation(Opcode Opcode, ReadOnlyMemory<byte> Data, int Position)
{
    /// <summary>Whether it only pushes an item: bytes, or a number from -1 to 16.</summary>
    public bool IsPush => Opcode <= Opcode.OP_16;

    /// <summary>The name, or the bytes that are pushed in hexadecimal; a push that is longer than it need be shows how it is written.</summary>
    public override string ToString() => Text(Opcode, Data.Span);

    internal static string Text(Opcode opcode, ReadOnlySpan<byte> data)
    {
        if (opcode is Opcode.OP_0 or > Opcode.OP_PUSHDATA4) return Name(opcode);
        return ScriptNumber.IsMinimalPush(opcode, data) ? Hex.Of(data)
            : opcode < Opcode.OP_PUSHDATA1 ? $"PUSH:{Hex.Of(data)}"
            : $"{opcode.ToString()[3..]}:{Hex.Of(data)}";
    }

    /// <summary>The name of an instruction; a byte that has none is shown as a number.</summary>
    internal static string Name(Opcode opcode) =>
        Enum.IsDefined(opcode) ? opcode.ToString() : string.Create(CultureInfo.InvariantCulture, $"OP_UNKNOWN_{(int)opcode:x2}");
}
