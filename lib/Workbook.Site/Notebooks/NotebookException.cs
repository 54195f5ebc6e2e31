namespace Workbook.Site.Notebooks;

/// <summary>A notebook file that can't be read. The message is one sentence for the author: the file, the place, what to do.</summary>
public sealed class NotebookException(string message, Exception? inner = null) : Exception(message, inner);
