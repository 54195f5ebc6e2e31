namespace Workbook.Bitcoin;

/// <summary>What SHA-256 does with words, done with several at once: one in each lane of a vector.</summary>
/// <typeparam name="TVector">A vector of 32-bit words.</typeparam>
internal interface ILanes<TVector> where TVector : unmanaged
{
    /// <summary>How many words a vector holds.</summary>
    static abstract int Count { get; }

    /// <summary>The same word in all lanes.</summary>
    static abstract TVector All(uint word);

    /// <summary>The word in the first lane, and in each further lane one more.</summary>
    static abstract TVector Ascending(uint word);

    static abstract TVector Add(TVector x, TVector y);

    /// <summary>FIPS 180-4 §4.1.2: Σ0, of the rounds.</summary>
    static abstract TVector BigSigma0(TVector x);

    /// <summary>Σ1, of the rounds.</summary>
    static abstract TVector BigSigma1(TVector x);

    /// <summary>σ0, of the message schedule.</summary>
    static abstract TVector SmallSigma0(TVector x);

    /// <summary>σ1, of the message schedule.</summary>
    static abstract TVector SmallSigma1(TVector x);

    /// <summary>Ch: where <paramref name="x"/> has a 1 the bit of <paramref name="y"/>, elsewhere that of <paramref name="z"/>.</summary>
    static abstract TVector Choose(TVector x, TVector y, TVector z);

    /// <summary>Maj: the bit that at least two of the three have.</summary>
    static abstract TVector Majority(TVector x, TVector y, TVector z);

    /// <summary>Each word with its bytes in the other order.</summary>
    static abstract TVector Reverse(TVector x);

    /// <summary>A bit for each lane, the lowest for the first: whether its word is not above the limit.</summary>
    static abstract uint AtMost(TVector x, uint limit);
}
