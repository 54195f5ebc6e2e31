using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>One instruction that ran, or was passed over, and what the stack was afterwards.</summary>
/// <param name="Script">Which script it stands in: <c>scriptSig</c>, <c>scriptPubKey</c>, <c>redeem script</c> or <c>witness script</c>.</param>
/// <param name="Operation">The instruction, or the bytes that it pushes.</param>
/// <param name="Ran">Whether it ran; not between OP_IF and OP_ELSE when the item was false.</param>
/// <param name="Stack">The stack afterwards, the top last.</param>
/// <param name="AltStack">The other stack afterwards, the top last.</param>
public sealed record ScriptStep(
    string Script, string Operation, bool Ran, IReadOnlyList<ReadOnlyMemory<byte>> Stack, IReadOnlyList<ReadOnlyMemory<byte>> AltStack)
{
    /// <summary>The stack in hexadecimal, the top last; an empty item is <c>0</c>.</summary>
    public string StackText => Text(Stack);

    /// <summary>The instruction and the stack.</summary>
    public override string ToString() =>
        $"{Operation}{(Ran ? "" : " (passed over)")} → {StackText}{(AltStack.Count == 0 ? "" : $" / {Text(AltStack)}")}";

    private static string Text(IReadOnlyList<ReadOnlyMemory<byte>> items) =>
        items.Count == 0 ? "(empty)" : string.Join(' ', items.Select(item => item.Length == 0 ? "0" : Hex.Of(item.Span)));
}

/// <summary>What came of running scripts: yes, or a named error and a sentence; and the steps, where they were asked for.</summary>
[TypeFormatterSource]
public sealed record ScriptVerdict : IDisplay
{
    // Items longer than this are shown by both ends.
    private const int WidestItem = 20;

    internal ScriptVerdict(ScriptError error, string reason, IReadOnlyList<ScriptStep> steps) => (Error, Reason, Steps) = (error, reason, steps);

    /// <summary>Whether the output may be spent.</summary>
    public bool IsValid => Error == ScriptError.None;

    /// <summary>Why not; <see cref="ScriptError.None"/> when it may.</summary>
    public ScriptError Error { get; }

    /// <summary>One sentence.</summary>
    public string Reason { get; }

    /// <summary>The instructions in the order in which they ran; empty unless they were asked for.</summary>
    public IReadOnlyList<ScriptStep> Steps { get; }

    /// <summary>The steps as a table, long items cut in the middle.</summary>
    public MimeBundle ToMimeBundle() => Steps.Count == 0 ? new MimeBundle($"<p>{System.Net.WebUtility.HtmlEncode(Reason)}</p>", Reason)
        : Table.Of(Reason, Steps, ("script", step => step.Script), ("instruction", step => Shortened(step.Operation) + (step.Ran ? "" : " (passed over)")),
            ("stack afterwards, top last", step => string.Join(' ', step.StackText.Split(' ').Select(Shortened)))).ToMimeBundle();

    /// <summary>The sentence, and a line for each step.</summary>
    public override string ToString() => string.Join('\n', Steps.Select(step => $"{step}").Prepend(Reason));

    private static string Shortened(string text) =>
        text.Length <= 2 * WidestItem || text.StartsWith("OP_", StringComparison.Ordinal) ? text : $"{text[..8]}…{text[^8..]}";
}
