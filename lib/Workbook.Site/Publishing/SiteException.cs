namespace Workbook.Site.Publishing;

/// <summary>A site that cannot be made or put in place. The message is one sentence: what is wrong, and what to do.</summary>
public sealed class SiteException(string message, Exception? inner = null) : Exception(message, inner);
