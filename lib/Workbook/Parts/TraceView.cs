using Workbook.Sim;

namespace Workbook.Parts;

/// <summary>How a system wants its trace to be drawn: what is left out, what things are called, and what colours mean.</summary>
public sealed record TraceView
{
    /// <summary>Which messages are drawn.</summary>
    public Func<Message, bool> Shows { get; init; } = _ => true;

    /// <summary>What a message is called on its arrow.</summary>
    public Func<Message, string> Label { get; init; } = message => message.GetType().Name;

    /// <summary>The colour of a message, by <see cref="Draw.Palette"/>: its term, say; null for the colour of text.</summary>
    public Func<Message, int?> Hue { get; init; } = _ => null;

    /// <summary>What a state is called on the node's line, and its colour; null leaves the line as it was.</summary>
    public Func<string, (string Label, int Hue)?> State { get; init; } = _ => null;

    /// <summary>What a remark, a state or a fault is called beside the node's line; null leaves it out.</summary>
    public Func<string, string?> Mark { get; init; } = text => text;
}
