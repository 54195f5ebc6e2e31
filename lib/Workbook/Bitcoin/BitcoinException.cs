namespace Workbook.Bitcoin;

/// <summary>Something is not as Bitcoin has it. The message is one sentence that says what is wrong and where.</summary>
/// <param name="error">The name of what is wrong.</param>
/// <param name="message">One sentence.</param>
public sealed class BitcoinException(BitcoinError error, string message) : Exception(message)
{
    /// <summary>The name of what is wrong.</summary>
    public BitcoinError Error { get; } = error;

    /// <summary>Where the bytes are wrong, counted from 0; null when no place can be named.</summary>
    public int? Position { get; init; }
}
