using System.Globalization;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>What a search for a nonce came to.</summary>
[TypeFormatterSource]
public sealed record MiningResult : IDisplay
{
    /// <summary>The header, with the nonce if one was found.</summary>
    public required BlockHeader Header { get; init; }

    /// <summary>The smallest nonce of the range whose hash meets the target; null if there is none.</summary>
    public required uint? Nonce { get; init; }

    /// <summary>How many headers of a template were used up before this one; 0 when a single header was mined.</summary>
    public long ExtraNonce { get; init; }

    /// <summary>The hash of the header with that nonce; null if there is none.</summary>
    public Hash256? Hash => Nonce is null ? null : Header.Hash;

    /// <summary>How many nonces, one after the other, it takes to get there: the same on every machine.</summary>
    public required long Attempts { get; init; }

    /// <summary>How many headers all cores together have hashed; some try nonces after the one that is found.</summary>
    public required long Hashes { get; init; }

    /// <summary>How long it took, in real time.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>How likely it is that one hash meets the target.</summary>
    public required double Chance { get; init; }

    /// <summary>Headers hashed in a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Hashes / Elapsed.TotalSeconds : 0;

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary><c>nonce 1085914: 0000073e55b8… after 1,085,915 attempts, where 1,048,576 are the mean; 37 ms, 31.0 million hashes a second</c></summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Nonce is { } nonce ? $"nonce {nonce}: {Hash} after" : "no nonce in")} {Attempts:N0} attempts, where {Mean} are the mean; {Time}, {Rate / 1e6:0.0} million hashes a second");

    private string Mean => (1 / Chance).ToString(Chance > 1e-15 ? "N0" : "0.0e0", CultureInfo.InvariantCulture);

    private string Time => Elapsed.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalMilliseconds:0.#} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds:0.#} s");
}
