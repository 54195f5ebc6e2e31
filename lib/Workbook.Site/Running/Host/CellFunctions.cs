using Microsoft.AspNetCore.Html;
using Microsoft.DotNet.Interactive.Formatting;

namespace Workbook.Site.Running.Host;

/// <summary>What every cell can call, as in .NET Interactive: <c>display(x)</c>, <c>x.Display()</c>, <c>HTML("…")</c>.</summary>
public static class CellFunctions
{
    internal static CellStage? Stage { get; set; }

    /// <summary>Shows a value in place.</summary>
    /// <param name="value">What to show.</param>
    /// <param name="mimeTypes">The MIME types to show it in; none for those that its type prefers.</param>
    /// <returns>What is shown, to change it later.</returns>
#pragma warning disable IDE1006 // The name is .NET Interactive's.
    public static DisplayedValue display(object? value, params string[] mimeTypes) => value.Display(mimeTypes);
#pragma warning restore IDE1006

    /// <summary>Text that is HTML already, and is shown as such.</summary>
    public static IHtmlContent HTML(string content) => new HtmlString(content);

    /// <inheritdoc cref="display"/>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes)
    {
        var stage = Stage ?? throw new InvalidOperationException("Values are displayed while a notebook runs, and none does.");
        var types = mimeTypes is { Length: > 0 } ? mimeTypes : [.. Formatter.GetPreferredMimeTypesFor(value?.GetType())];
        return new DisplayedValue(stage, stage.Show(Data(value, types, stage.WithPlainText)), types);
    }

    /// <summary>Shows text as it stands, as content of a MIME type.</summary>
    public static DisplayedValue DisplayAs(this string value, string mimeType)
    {
        var stage = Stage ?? throw new InvalidOperationException("Values are displayed while a notebook runs, and none does.");
        return new DisplayedValue(stage, stage.Show(new() { [mimeType] = value }), [mimeType]);
    }

    /// <summary>A value in the MIME types asked for, or in those that its type prefers.</summary>
    internal static Dictionary<string, string> Data(object? value, IReadOnlyCollection<string> mimeTypes, bool withPlainText)
    {
        if (mimeTypes.Count == 0)
            mimeTypes = Formatter.GetPreferredMimeTypesFor(value?.GetType());
        var data = mimeTypes.ToDictionary(type => type, type => value.ToDisplayString(type));
        if (withPlainText && !data.ContainsKey(PlainTextFormatter.MimeType) && PlainText(value) is { } text)
            data[PlainTextFormatter.MimeType] = text;
        return data;
    }

    /// <summary>The value as plain text; null when it has none. Nobody asked the value for it, so that it can't is no failure of the cell.</summary>
    private static string? PlainText(object? value)
    {
        try
        {
            return value is IHtmlContent ? null : value.ToDisplayString(PlainTextFormatter.MimeType);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return null;
        }
    }
}
