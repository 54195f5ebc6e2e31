using System.Runtime.CompilerServices;

namespace Workbook.Draw;

/// <summary>
/// Shows values in a program on the console as a notebook shows them at the end of a cell: their text where they come, and pictures together
/// on one page, which opens in the browser at the end. <c>workbook export</c> writes programs that use it; any other may.
/// </summary>
/// <example><code>
/// using var gallery = new Gallery("An election", args);
/// gallery.Show(cluster.SpaceTime());
/// </code></example>
public sealed class Gallery : IDisposable
{
    /// <summary>The argument, and the environment's variable, with which a program only says where the page is.</summary>
    private const string NoBrowser = "--no-browser";
    private const string NoBrowserVariable = "WORKBOOK_NO_BROWSER";

    private readonly string _title;
    private readonly bool _opens;
    private readonly List<(string Caption, string Html)> _pictures = [];
    private bool _isClosed;

    /// <summary>Begins a program's page.</summary>
    /// <param name="title">What the page is called.</param>
    /// <param name="arguments">The program's arguments; with <c>--no-browser</c> among them, or the environment variable
    /// <c>WORKBOOK_NO_BROWSER</c> set, the page is written and not opened.</param>
    public Gallery(string title, params string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(title);
        _title = title;
        _opens = !arguments.Contains(NoBrowser) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(NoBrowserVariable));
        // What was shown before the program broke is worth seeing; nothing else is asked to leave in that case.
        AppDomain.CurrentDomain.UnhandledException += (_, _) => Dispose();
    }

    /// <summary>The pictures so far as one HTML page that stands by itself.</summary>
    public string ToHtml() => GalleryPage.Html(_title, _pictures);

    /// <summary>Shows a value: its text on the console, and when it is a picture, that on the page.</summary>
    /// <param name="value">What to show; null is shown as <c>&lt;null&gt;</c>.</param>
    /// <param name="caption">What stands over the picture; by default the expression that made it.</param>
    /// <returns>What is shown, to change it later.</returns>
    public ShownValue Show(object? value, [CallerArgumentExpression(nameof(value))] string caption = "")
    {
        var forms = GalleryForms.Of(value);
        Console.WriteLine(forms?.Plain ?? GalleryForms.Text(value));
        if (forms is not { Html: { Length: > 0 } html })
            return new ShownValue(this, null, caption);
        _pictures.Add((caption, html));
        return new ShownValue(this, _pictures.Count - 1, caption);
    }

    /// <summary>Shows text that is content of a MIME type already: HTML and SVG go to the page, the rest to the console.</summary>
    public ShownValue ShowAs(string text, string mimeType) =>
        mimeType is MimeTypes.Html or "image/svg+xml" ? Show(Html(text), mimeType) : Show(text, mimeType);

    /// <summary>HTML as a value, which a page shows as it stands.</summary>
    public static IDisplay Html(string content) => new HtmlText(content);

    /// <summary>Writes the page into a new folder for temporary files, says where it is, and opens it; nothing happens when there is no picture.</summary>
    public void Dispose()
    {
        if (_isClosed)
            return;
        _isClosed = true;
        if (_pictures.Count > 0)
            Console.WriteLine(GalleryPage.Publish(ToHtml(), _pictures.Count, _opens));
    }

    internal void Replace(int picture, string caption, string html) => _pictures[picture] = (caption, html);

    private sealed class HtmlText(string html) : IDisplay
    {
        public MimeBundle ToMimeBundle() => new(html, "(HTML, on the page)");
    }
}

/// <summary>A value that a <see cref="Gallery"/> shows, and that can be changed where it stands.</summary>
public sealed class ShownValue
{
    private readonly Gallery _gallery;
    private readonly int? _picture;
    private readonly string _caption;

    internal ShownValue(Gallery gallery, int? picture, string caption) => (_gallery, _picture, _caption) = (gallery, picture, caption);

    /// <summary>Shows another value in this one's place on the page; the console, which can't go back, has its text below.</summary>
    public void Update(object? updatedValue)
    {
        var forms = GalleryForms.Of(updatedValue);
        Console.WriteLine(forms?.Plain ?? GalleryForms.Text(updatedValue));
        if (_picture is { } picture && forms is { Html: { Length: > 0 } html })
            _gallery.Replace(picture, _caption, html);
    }
}
