using System.Text;
using System.Text.Json.Nodes;

namespace Workbook.Site.Notebooks;

/// <summary>Reads notebooks and writes them in the one form that git holds.</summary>
public static class NotebookFile
{
    /// <summary>Bytes above which a file is not read: a notebook without outputs is a thousand times smaller.</summary>
    public const long LargestFile = 64 << 20;

    /// <summary>Reads a notebook of C# cells.</summary>
    /// <param name="path">The <c>.ipynb</c> file; a relative path is taken from the working directory.</param>
    /// <exception cref="NotebookException">The file is missing, too large, not UTF-8, not JSON, not nbformat 4.5, or not a C# notebook.</exception>
    public static Notebook Read(string path) =>
        new(Path.GetFullPath(path), NotebookJson.Cells(path, NotebookJson.Parse(path, Decode(path, ReadBytes(path)))));

    /// <summary>The canonical JSON of a notebook's file: keys sorted, one space of indent, no outputs, one newline at the end.</summary>
    /// <param name="path">The file's name, for the message when it can't be read.</param>
    /// <param name="json">The file's text.</param>
    /// <exception cref="NotebookException">As for <see cref="Read"/>.</exception>
    public static string Format(string path, string json)
    {
        var root = NotebookJson.Parse(path, json);
        var cells = NotebookJson.Cells(path, root);
        var nodes = root["cells"]!.AsArray();
        return CanonicalNotebook.Write(cells.Select((cell, index) => CanonicalNotebook.Cell(cell, nodes[index] as JsonObject)));
    }

    /// <summary>The canonical JSON of a notebook, with the metadata that Polyglot Notebooks writes.</summary>
    public static string Format(Notebook notebook) =>
        CanonicalNotebook.Write(notebook.Cells.Select(cell => CanonicalNotebook.Cell(cell, original: null)));

    /// <summary>The bytes of a file that may be a notebook.</summary>
    /// <exception cref="NotebookException">The file is missing, too large, or can't be read.</exception>
    internal static byte[] ReadBytes(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw new NotebookException($"{path} is a folder; name a notebook in it.");
            var file = new FileInfo(path);
            if (!file.Exists)
                throw new NotebookException($"{path} is not there.");
            if (file.ResolveLinkTarget(returnFinalTarget: true) is FileInfo target)
                file = target;
            // A pipe or a device has no length either, and reading it might never end.
            if (file.Length == 0)
                throw new NotebookException($"{path} is empty; write a notebook there, or delete it.");
            if (file.Length > LargestFile)
                throw new NotebookException($"{path} has {file.Length >> 20} MiB; clear its outputs, a notebook may have {LargestFile >> 20} MiB.");
            return File.ReadAllBytes(path);
        }
        catch (FileNotFoundException error)
        {
            // A link that leads nowhere.
            throw new NotebookException($"{path} is not there.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NotebookException($"{path} can't be read: {error.Message}", error);
        }
    }

    private static string Decode(string path, byte[] bytes)
    {
        if (bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
            throw new NotebookException($"{path} is written in UTF-16; save it as UTF-8.");
        var start = bytes is [0xef, 0xbb, 0xbf, ..] ? 3 : 0;
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes, start, bytes.Length - start);
        }
        catch (DecoderFallbackException error)
        {
            throw new NotebookException($"{path} is not UTF-8: byte {error.Index + start} can't be read; save it as UTF-8.", error);
        }
    }
}
