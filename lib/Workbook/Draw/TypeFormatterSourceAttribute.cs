namespace Workbook.Draw;

/// <summary>
/// Makes a type that implements <see cref="IDisplay"/> show itself in notebooks. .NET Interactive finds this attribute by its simple
/// name and reads its two properties by reflection, so the library needs no reference to it; the names here are therefore fixed.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TypeFormatterSourceAttribute : Attribute
{
    /// <summary>The type whose <c>CreateTypeFormatters()</c> yields the formatters.</summary>
    public Type FormatterSourceType { get; } = typeof(DisplayFormatters);

    /// <summary>
    /// What a cell shows, all at once. Without it a host shows <c>text/html</c> only, and a page has no text alternative.
    /// </summary>
    public string[] PreferredMimeTypes { get; set; } = [MimeTypes.Html, MimeTypes.Plain];
}

/// <summary>Created by the host through reflection, which needs a public constructor and method but not a public type.</summary>
internal sealed class DisplayFormatters
{
    public IEnumerable<object> CreateTypeFormatters() =>
        [.. new[] { MimeTypes.Plotly, MimeTypes.Html, MimeTypes.Plain, MimeTypes.Rules, MimeTypes.Comparison }.Select(type => new DisplayFormatter(type))];
}

/// <summary>Called by the host through reflection: the two member names and their types are the convention.</summary>
internal sealed class DisplayFormatter(string mimeType)
{
    public string MimeType => mimeType;

    /// <summary>False sends the host on to its own formatter for the type.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not IDisplay display || display.ToMimeBundle()[mimeType] is not { } text)
            return false;
        writer.Write(text);
        return true;
    }
}
