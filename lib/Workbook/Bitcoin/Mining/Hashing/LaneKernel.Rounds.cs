using System.Runtime.CompilerServices;

namespace Workbook.Bitcoin;

internal readonly unsafe ref partial struct LaneKernel<TLanes, TVector>
{
    /// <summary>Eight more words of a message schedule (FIPS 180-4 §6.2.2, step 1); the sixteen before them are there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Expand(TVector* w)
    {
        for (var t = 0; t < 8; t++) w[t] = Expanded(w + t);
    }

    /// <summary>Words 16 to 31 of the header's second block: of words 4 to 14 only one is not 0, and so most sums are short.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ExpandTail(TVector nonce)
    {
        var w = _words;
        (w[16], w[17]) = (_more[0], _more[1]);
        w[18] = TLanes.Add(_more[2], TLanes.SmallSigma0(nonce));
        w[19] = TLanes.Add(_more[3], nonce);
        w[20] = TLanes.Add(TLanes.SmallSigma1(w[18]), TLanes.All(0x80000000));
        w[21] = TLanes.SmallSigma1(w[19]);
        w[22] = TLanes.Add(TLanes.SmallSigma1(w[20]), TLanes.All(8 * HeaderWork.HeaderSize));
        for (var t = 23; t < 32; t++) w[t] = TLanes.Add(TLanes.SmallSigma1(w[t - 2]), w[t - 7]);
        w[30] = TLanes.Add(w[30], TLanes.All(Sha256.SmallSigma0(8 * HeaderWork.HeaderSize)));
        w[31] = TLanes.Add(w[31], TLanes.Add(TLanes.SmallSigma0(w[16]), TLanes.All(8 * HeaderWork.HeaderSize)));
    }

    /// <summary>Words 16 to 31 of the second hash, whose message is the eight words of the first and padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ExpandDigest()
    {
        var w = _words;
        w[16] = TLanes.Add(TLanes.SmallSigma0(w[1]), w[0]);
        w[17] = TLanes.Add(TLanes.All(Sha256.SmallSigma1(256)), TLanes.Add(TLanes.SmallSigma0(w[2]), w[1]));
        for (var t = 18; t < 23; t++) w[t] = TLanes.Add(TLanes.SmallSigma1(w[t - 2]), TLanes.Add(TLanes.SmallSigma0(w[t - 15]), w[t - 16]));
        w[22] = TLanes.Add(w[22], TLanes.All(256));
        w[23] = TLanes.Add(TLanes.Add(TLanes.SmallSigma1(w[21]), w[16]), TLanes.Add(w[7], TLanes.All(Sha256.SmallSigma0(0x80000000))));
        w[24] = TLanes.Add(TLanes.Add(TLanes.SmallSigma1(w[22]), w[17]), TLanes.All(0x80000000));
        for (var t = 25; t < 32; t++) w[t] = TLanes.Add(TLanes.SmallSigma1(w[t - 2]), w[t - 7]);
        w[30] = TLanes.Add(w[30], TLanes.All(Sha256.SmallSigma0(256)));
        w[31] = TLanes.Add(w[31], TLanes.Add(TLanes.SmallSigma0(w[16]), TLanes.All(256)));
    }

    /// <summary>Four rounds whose words are constant.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRounds(TVector* s, TVector* k)
    {
        var (a, b, c, d, e, f, g, h) = (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
        h = TLanes.Add(TLanes.Add(h, k[0]), TLanes.Add(TLanes.BigSigma1(e), TLanes.Choose(e, f, g)));
        d = TLanes.Add(d, h);
        h = TLanes.Add(h, TLanes.Add(TLanes.BigSigma0(a), TLanes.Majority(a, b, c)));
        g = TLanes.Add(TLanes.Add(g, k[1]), TLanes.Add(TLanes.BigSigma1(d), TLanes.Choose(d, e, f)));
        c = TLanes.Add(c, g);
        g = TLanes.Add(g, TLanes.Add(TLanes.BigSigma0(h), TLanes.Majority(h, a, b)));
        f = TLanes.Add(TLanes.Add(f, k[2]), TLanes.Add(TLanes.BigSigma1(c), TLanes.Choose(c, d, e)));
        b = TLanes.Add(b, f);
        f = TLanes.Add(f, TLanes.Add(TLanes.BigSigma0(g), TLanes.Majority(g, h, a)));
        e = TLanes.Add(TLanes.Add(e, k[3]), TLanes.Add(TLanes.BigSigma1(b), TLanes.Choose(b, c, d)));
        a = TLanes.Add(a, e);
        e = TLanes.Add(e, TLanes.Add(TLanes.BigSigma0(f), TLanes.Majority(f, g, h)));
        (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]) = (e, f, g, h, a, b, c, d);
    }

    /// <summary>Eight rounds whose words are constant.</summary>
    private static void EightRounds(TVector* s, TVector* k)
    {
        FourRounds(s, k);
        FourRounds(s, k + 4);
    }

    /// <summary>Eight rounds (FIPS 180-4 §6.2.2, step 3). The variables stay where they are, and change their parts instead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightRounds(TVector* s, TVector* k, TVector* w)
    {
        var (a, b, c, d, e, f, g, h) = (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
        h = TLanes.Add(TLanes.Add(h, TLanes.Add(k[0], w[0])), TLanes.Add(TLanes.BigSigma1(e), TLanes.Choose(e, f, g)));
        d = TLanes.Add(d, h);
        h = TLanes.Add(h, TLanes.Add(TLanes.BigSigma0(a), TLanes.Majority(a, b, c)));
        g = TLanes.Add(TLanes.Add(g, TLanes.Add(k[1], w[1])), TLanes.Add(TLanes.BigSigma1(d), TLanes.Choose(d, e, f)));
        c = TLanes.Add(c, g);
        g = TLanes.Add(g, TLanes.Add(TLanes.BigSigma0(h), TLanes.Majority(h, a, b)));
        f = TLanes.Add(TLanes.Add(f, TLanes.Add(k[2], w[2])), TLanes.Add(TLanes.BigSigma1(c), TLanes.Choose(c, d, e)));
        b = TLanes.Add(b, f);
        f = TLanes.Add(f, TLanes.Add(TLanes.BigSigma0(g), TLanes.Majority(g, h, a)));
        e = TLanes.Add(TLanes.Add(e, TLanes.Add(k[3], w[3])), TLanes.Add(TLanes.BigSigma1(b), TLanes.Choose(b, c, d)));
        a = TLanes.Add(a, e);
        e = TLanes.Add(e, TLanes.Add(TLanes.BigSigma0(f), TLanes.Majority(f, g, h)));
        d = TLanes.Add(TLanes.Add(d, TLanes.Add(k[4], w[4])), TLanes.Add(TLanes.BigSigma1(a), TLanes.Choose(a, b, c)));
        h = TLanes.Add(h, d);
        d = TLanes.Add(d, TLanes.Add(TLanes.BigSigma0(e), TLanes.Majority(e, f, g)));
        c = TLanes.Add(TLanes.Add(c, TLanes.Add(k[5], w[5])), TLanes.Add(TLanes.BigSigma1(h), TLanes.Choose(h, a, b)));
        g = TLanes.Add(g, c);
        c = TLanes.Add(c, TLanes.Add(TLanes.BigSigma0(d), TLanes.Majority(d, e, f)));
        b = TLanes.Add(TLanes.Add(b, TLanes.Add(k[6], w[6])), TLanes.Add(TLanes.BigSigma1(g), TLanes.Choose(g, h, a)));
        f = TLanes.Add(f, b);
        b = TLanes.Add(b, TLanes.Add(TLanes.BigSigma0(c), TLanes.Majority(c, d, e)));
        a = TLanes.Add(TLanes.Add(a, TLanes.Add(k[7], w[7])), TLanes.Add(TLanes.BigSigma1(f), TLanes.Choose(f, g, h)));
        e = TLanes.Add(e, a);
        a = TLanes.Add(a, TLanes.Add(TLanes.BigSigma0(b), TLanes.Majority(b, c, d)));
        (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]) = (a, b, c, d, e, f, g, h);
    }

    /// <summary>
    /// Rounds 56 to 60. What the hash's last word comes from is made by round 60, and of what rounds 57 to 60 make only <c>e</c> comes into it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TVector LastRounds(TVector* s, TVector* k, TVector* w)
    {
        for (var t = 0; t < 5; t++) w[t] = Expanded(w + t);
        var (a, b, c, d, e, f, g, h) = (s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
        h = TLanes.Add(TLanes.Add(h, TLanes.Add(k[0], w[0])), TLanes.Add(TLanes.BigSigma1(e), TLanes.Choose(e, f, g)));
        d = TLanes.Add(d, h);
        h = TLanes.Add(h, TLanes.Add(TLanes.BigSigma0(a), TLanes.Majority(a, b, c)));
        g = TLanes.Add(TLanes.Add(g, TLanes.Add(k[1], w[1])), TLanes.Add(TLanes.BigSigma1(d), TLanes.Choose(d, e, f)));
        c = TLanes.Add(c, g);
        f = TLanes.Add(TLanes.Add(f, TLanes.Add(k[2], w[2])), TLanes.Add(TLanes.BigSigma1(c), TLanes.Choose(c, d, e)));
        b = TLanes.Add(b, f);
        e = TLanes.Add(TLanes.Add(e, TLanes.Add(k[3], w[3])), TLanes.Add(TLanes.BigSigma1(b), TLanes.Choose(b, c, d)));
        a = TLanes.Add(a, e);
        d = TLanes.Add(TLanes.Add(d, TLanes.Add(k[4], w[4])), TLanes.Add(TLanes.BigSigma1(a), TLanes.Choose(a, b, c)));
        h = TLanes.Add(h, d);
        return h;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Expanded(TVector* w) =>
        TLanes.Add(TLanes.Add(TLanes.SmallSigma1(w[-2]), w[-7]), TLanes.Add(TLanes.SmallSigma0(w[-15]), w[-16]));
}
