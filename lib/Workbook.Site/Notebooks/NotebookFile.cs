namespace Workbook.Site.Notebooks;

/// <summary>Reads notebooks and writes them in the one form that git holds.</summary>
public static class NotebookFile
{
    /// <summary>Reads a notebook of C# cells.</summary>
    /// <param name="path">The <c>.ipynb</c> file; a relative path is taken from the working directory.</param>
    /// <exception cref="NotebookException">The file is missing, too large, not UTF-8, not JSON, not nbformat 4.5, or not a C# notebook.</exception>
    public static Notebook Read(string path) => throw new NotSupportedException();

    /// <summary>The canonical JSON of a notebook's file: keys sorted, one space of indent, no outputs, one newline at the end.</summary>
    /// <param name="path">The file's name, for the message when it can't be read.</param>
    /// <param name="json">The file's text.</param>
    /// <exception cref="NotebookException">As for <see cref="Read"/>.</exception>
    public static string Format(string path, string json) => throw new NotSupportedException();

    /// <summary>The canonical JSON of a notebook, with the metadata that Polyglot Notebooks writes.</summary>
    public static string Format(Notebook notebook) => throw new NotSupportedException();
}
