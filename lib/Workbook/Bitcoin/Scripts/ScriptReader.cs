using System.Buffers.Binary;

namespace Workbook.Bitcoin;

/// <summary>Goes through a script instruction by instruction, without making anything.</summary>
internal ref struct ScriptReader(ReadOnlySpan<byte> script, int position = 0)
{
    private readonly ReadOnlySpan<byte> _script = script;

    /// <summary>Where the next instruction stands.</summary>
    public int Position { get; private set; } = position;

    /// <summary>Where the instruction read last stands.</summary>
    public int Start { get; private set; }

    /// <summary>The instruction read last.</summary>
    public Opcode Opcode { get; private set; }

    /// <summary>What it pushes.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    /// <summary>Whether a push promised more bytes than there are: the script ends in the middle of it.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Reads the next instruction; false at the end, and where a push is cut off.</summary>
    public bool Next()
    {
        Start = Position;
        Data = default;
        if (Position >= _script.Length) return false;
        Opcode = (Opcode)_script[Position];
        if (Opcode > Opcode.OP_PUSHDATA4)
        {
            Position++;
            return true;
        }

        var rest = _script[(Position + 1)..];
        var width = Opcode switch { Opcode.OP_PUSHDATA1 => 1, Opcode.OP_PUSHDATA2 => 2, Opcode.OP_PUSHDATA4 => 4, _ => 0 };
        if (rest.Length < width) return CutOff();
        var length = width switch
        {
            1 => rest[0],
            2 => BinaryPrimitives.ReadUInt16LittleEndian(rest),
            4 => BinaryPrimitives.ReadUInt32LittleEndian(rest),
            _ => (uint)Opcode,
        };
        if ((uint)(rest.Length - width) < length) return CutOff();
        Data = rest.Slice(width, (int)length);
        Position += 1 + width + (int)length;
        return true;
    }

    private bool CutOff()
    {
        IsCutOff = true;
        return false;
    }
}
