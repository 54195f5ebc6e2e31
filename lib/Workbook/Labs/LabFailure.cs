namespace Workbook.Labs;

/// <summary>Why a test failed.</summary>
/// <param name="Kind">What was broken, in a word or two; a smaller run must break the same.</param>
/// <param name="Sentence">What was seen, with server and virtual time.</param>
/// <param name="IsCertain">
/// Whether it is wrong whatever the test did before (two leaders in one term); if not, it is wrong only because of what the test did (no leader, although a
/// majority is connected).
/// </param>
internal sealed record LabFailure(string Kind, string Sentence, bool IsCertain)
{
    /// <summary>Off for what would leave another thread behind.</summary>
    public bool CanBeRepeated { get; init; } = true;
}

/// <summary>Ends the test's own code once it has failed.</summary>
internal sealed class LabFailedException(string sentence) : Exception(sentence);
