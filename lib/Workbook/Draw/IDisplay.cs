namespace Workbook.Draw;

/// <summary>
/// A value that shows itself at the end of a cell. Put <see cref="TypeFormatterSourceAttribute"/> on the type as well: notebooks
/// look for that attribute, and it looks for this interface.
/// </summary>
public interface IDisplay
{
    /// <summary>The same picture in every form that a host may choose from.</summary>
    MimeBundle ToMimeBundle();
}
