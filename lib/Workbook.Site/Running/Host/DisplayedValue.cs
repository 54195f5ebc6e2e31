namespace Workbook.Site.Running.Host;

/// <summary>A value that is shown, and can be changed where it stands.</summary>
public sealed class DisplayedValue
{
    private readonly CellStage _stage;
    private readonly long _id;
    private readonly IReadOnlyCollection<string> _mimeTypes;

    internal DisplayedValue(CellStage stage, long id, IReadOnlyCollection<string> mimeTypes) => (_stage, _id, _mimeTypes) = (stage, id, mimeTypes);

    /// <summary>Shows another value in this one's place, in the same MIME types.</summary>
    public void Update(object? updatedValue) => _stage.ShowAgain(_id, CellFunctions.Data(updatedValue, _mimeTypes, _stage.WithPlainText));
}
