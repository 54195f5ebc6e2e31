using System.Runtime.CompilerServices;

namespace Workbook.Bitcoin;

/// <summary>
/// Double SHA-256 of as many headers at a time as a vector has lanes, which differ in their nonces only. What is the same for all nonces is laid out once
/// (<see cref="Begin"/>): the midstate, the first three rounds of the second block, the words of both schedules that are constant. The second hash is cut
/// short: its last word, the highest of the number that is compared with the target, is known after round 60 of 0 to 63.
/// </summary>
/// <param name="memory">Room for <see cref="Vectors"/> vectors, on a boundary of their size.</param>
internal readonly unsafe ref partial struct LaneKernel<TLanes, TVector>(TVector* memory)
    where TLanes : struct, ILanes<TVector> where TVector : unmanaged
{
    /// <summary>How many vectors of memory the kernel works in.</summary>
    public const int Vectors = (3 * Sha256.Rounds) + (4 * 8);

    // Constant for all nonces: each round's constant, with the word added where it is constant too.
    private readonly TVector* _first = memory;
    private readonly TVector* _second = memory + Sha256.Rounds;
    private readonly TVector* _midstate = memory + (2 * Sha256.Rounds);
    private readonly TVector* _begun = memory + (2 * Sha256.Rounds) + 8;
    private readonly TVector* _more = memory + (2 * Sha256.Rounds) + 16;

    // Written anew for each group of nonces.
    private readonly TVector* _state = memory + (2 * Sha256.Rounds) + 24;
    private readonly TVector* _words = memory + (2 * Sha256.Rounds) + 32;

    /// <summary>Lays out what is the same for all nonces.</summary>
    public void Begin(HeaderWork work)
    {
        var tail = work.Tail;
        Span<uint> state = stackalloc uint[8];
        work.Midstate.CopyTo(state);
        for (var t = 0; t < 3; t++) Sha256.Round(state, Sha256.K[t] + tail[t]);

        // Round 3 adds the nonce to the two variables that it makes, and to nothing else.
        Sha256.Round(state, Sha256.K[3]);
        for (var at = 0; at < 8; at++) (_midstate[at], _begun[at]) = (TLanes.All(work.Midstate[at]), TLanes.All(state[at]));

        var word16 = Sha256.SmallSigma0(tail[1]) + tail[0];
        var word17 = Sha256.SmallSigma1(tail[15]) + Sha256.SmallSigma0(tail[2]) + tail[1];
        _more[0] = TLanes.All(word16);
        _more[1] = TLanes.All(word17);
        _more[2] = TLanes.All(Sha256.SmallSigma1(word16) + tail[2]);
        _more[3] = TLanes.All(Sha256.SmallSigma1(word17) + Sha256.SmallSigma0(tail[4]));
        for (var t = 0; t < Sha256.Rounds; t++)
        {
            _first[t] = TLanes.All(Sha256.K[t] + (t is > 3 and < 16 ? tail[t] : 0));
            _second[t] = TLanes.All(Sha256.K[t] + (t == 8 ? 0x80000000 : t == 15 ? 256u : 0));
        }
    }

    /// <summary>The highest word of each header's hash as a number; the nonces follow each other from the one given.</summary>
    public TVector HighestWords(uint firstNonce)
    {
        Hash(TLanes.Reverse(TLanes.Ascending(firstNonce)));
        return TLanes.Reverse(HashAgain());
    }

    /// <summary>From the midstate to the words of the first hash, which become those of the second one's message.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Hash(TVector nonce)
    {
        for (var at = 0; at < 8; at++) _state[at] = _begun[at];
        (_state[0], _state[4]) = (TLanes.Add(_state[0], nonce), TLanes.Add(_state[4], nonce));
        ExpandTail(nonce);
        FourRounds(_state, _first + 4);
        EightRounds(_state, _first + 8);
        EightRounds(_state, _first + 16, _words + 16);
        EightRounds(_state, _first + 24, _words + 24);
        for (var t = 32; t < Sha256.Rounds; t += 8)
        {
            Expand(_words + t);
            EightRounds(_state, _first + t, _words + t);
        }

        for (var at = 0; at < 8; at++) _words[at] = TLanes.Add(_state[at], _midstate[at]);
    }

    /// <summary>From the initial state to the last word of the second hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TVector HashAgain()
    {
        for (var at = 0; at < 8; at++) _state[at] = TLanes.All(Sha256.Initial[at]);
        ExpandDigest();
        EightRounds(_state, _second, _words);
        EightRounds(_state, _second + 8);
        EightRounds(_state, _second + 16, _words + 16);
        EightRounds(_state, _second + 24, _words + 24);
        for (var t = 32; t < 56; t += 8)
        {
            Expand(_words + t);
            EightRounds(_state, _second + t, _words + t);
        }

        return TLanes.Add(LastRounds(_state, _second + 56, _words + 56), TLanes.All(Sha256.Initial[7]));
    }
}
