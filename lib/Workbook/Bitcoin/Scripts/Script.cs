using System.Text;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>
/// A program for a machine with a stack and no loops. One stands in each output, and says what it takes to spend it; one in each input,
/// which runs first. Any bytes are a script: what is wrong with them shows when it runs.
/// </summary>
[TypeFormatterSource]
public sealed partial class Script : IEquatable<Script>, IDisplay
{
    /// <summary>A longer script is refused when it runs.</summary>
    public const int MostBytes = 10_000;

    private readonly byte[] _bytes;

    /// <summary>A script of its bytes.</summary>
    public Script(ReadOnlySpan<byte> bytes) => _bytes = bytes.ToArray();

    private Script(byte[] bytes) => _bytes = bytes;

    /// <summary>No instructions.</summary>
    public static Script Empty { get; } = new([]);

    /// <summary>How many bytes it has.</summary>
    public int Length => _bytes.Length;

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => _bytes;

    /// <summary>The instructions, up to the end or to a push that the end cuts off.</summary>
    public IReadOnlyList<ScriptOperation> Operations
    {
        get
        {
            var operations = new List<ScriptOperation>();
            var reader = new ScriptReader(_bytes);
            while (reader.Next())
                operations.Add(new ScriptOperation(reader.Opcode, _bytes.AsMemory(reader.Position - reader.Data.Length, reader.Data.Length), reader.Start));
            return operations;
        }
    }

    /// <summary>Whether it only pushes items, so that it can be read without running it; a push that is cut off is none.</summary>
    public bool IsPushOnly
    {
        get
        {
            var reader = new ScriptReader(_bytes);
            while (reader.Next())
                if (reader.Opcode > Opcode.OP_16) return false;
            return !reader.IsCutOff;
        }
    }

    /// <summary>A script of instructions, bytes and numbers: <c>Script.Of(Opcode.OP_HASH160, hash, Opcode.OP_EQUAL)</c>.</summary>
    public static Script Of(params ReadOnlySpan<ScriptItem> items)
    {
        var bytes = new List<byte>();
        foreach (var item in items) bytes.AddRange(item.Bytes);
        return new Script([.. bytes]);
    }

    /// <summary>A script of its bytes in hexadecimal.</summary>
    /// <exception cref="BitcoinException">The text is not hexadecimal.</exception>
    public static Script FromHex(string hex) => new(Hex.Parse(hex));

    /// <summary>A script of its text, as <see cref="ToString"/> gives it: names of instructions, and bytes to be pushed in hexadecimal.</summary>
    /// <exception cref="BitcoinException">A word is neither.</exception>
    public static Script Parse(string text) => ScriptText.Parse(text);

    /// <summary>The bytes, as a copy.</summary>
    public byte[] ToBytes() => [.. _bytes];

    /// <summary>The bytes in hexadecimal.</summary>
    public string ToHex() => Hex.Of(_bytes);

    /// <summary>Whether the bytes are the same.</summary>
    public bool Equals(Script? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Script);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = _bytes.Length;
        foreach (var one in _bytes) hash = (hash * 31) + one;
        return hash;
    }

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>The instructions by name, pushed bytes in hexadecimal, a blank between them; what is cut off stands in brackets at the end.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        var reader = new ScriptReader(_bytes);
        while (reader.Next()) text.Append(text.Length == 0 ? "" : " ").Append(ScriptOperation.Text(reader.Opcode, reader.Data));
        if (reader.IsCutOff) text.Append(text.Length == 0 ? "" : " ").Append($"[cut off: {Hex.Of(_bytes.AsSpan(reader.Start))}]");
        return text.ToString();
    }
}
