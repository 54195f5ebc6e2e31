using System.Collections;
using System.Globalization;

namespace Workbook.Draw;

/// <summary>The forms that values offer of themselves, found as notebooks find them, and the text of those that offer none.</summary>
internal static class GalleryForms
{
    /// <summary>Elements of a sequence that are told.</summary>
    private const int Told = 20;

    private const int Deepest = 3;

    /// <summary>A value's forms; null when its type offers none.</summary>
    public static MimeBundle? Of(object? value) => value is IDisplay display ? display.ToMimeBundle() : ByConvention(value);

    /// <summary>A value without forms of its own as text.</summary>
    public static string Text(object? value, int depth = 0) => value switch
    {
        null => "<null>",
        string text => text,
        IDisplay display => display.ToMimeBundle().Plain,
        IDictionary or IEnumerable when depth >= Deepest => "[ … ]",
        IEnumerable items => Sequence(items, depth + 1),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Sequence(IEnumerable items, int depth)
    {
        var told = items.Cast<object?>().Take(Told + 1).Select(item => Text(item, depth)).ToList();
        if (told.Count > Told)
            told[^1] = items is ICollection { Count: var count } ? $"… ({count - Told} more)" : "… (more)";
        return told.Count == 0 ? "[ ]" : $"[ {string.Join(", ", told)} ]";
    }

    /// <summary>A type of another library: the attribute is found by its name, as .NET Interactive finds ours.</summary>
    private static MimeBundle? ByConvention(object? value)
    {
        var attribute = value?.GetType().GetCustomAttributes(inherit: true)
            .FirstOrDefault(found => found.GetType().Name == nameof(TypeFormatterSourceAttribute));
        if (attribute is null || Property(attribute, nameof(TypeFormatterSourceAttribute.FormatterSourceType)) is not Type sourceType)
            return null;
        var source = Activator.CreateInstance(sourceType, nonPublic: true)!;
        if (sourceType.GetMethod("CreateTypeFormatters")?.Invoke(source, null) is not IEnumerable formatters)
            return null;
        var texts = new Dictionary<string, string>();
        foreach (var formatter in formatters)
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            if (Property(formatter, "MimeType") is string mimeType && formatter.GetType().GetMethod("Format")?.Invoke(formatter, [value, writer]) is true)
                texts[mimeType] = writer.ToString();
        }
        return new MimeBundle(
            texts.GetValueOrDefault(MimeTypes.Html) ?? texts.GetValueOrDefault("image/svg+xml", ""),
            texts.GetValueOrDefault(MimeTypes.Plain) ?? Text(value!.ToString()));
    }

    private static object? Property(object of, string name) => of.GetType().GetProperty(name)?.GetValue(of);
}
