using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>
/// The run of a <see cref="MiningNetwork"/>: one queue of arrivals and one clock for all miners. The general simulator would send each block over each link, a
/// hundred million messages a year; here a block is put on the way to a neighbour only if nobody else gets it there earlier.
/// </summary>
internal sealed partial class MiningLoop
{
    private readonly MiningNetwork _network;
    private readonly ulong _seed;
    private readonly Rng _clock, _delays;
    private readonly int[][] _neighbours;
    private readonly double[] _share;
    private readonly ModelBlock[] _tips;
    private readonly LoopMiner[] _miners;
    private readonly PriorityQueue<(int Peer, ModelBlock Block), Moment> _arrivals = new();
    private readonly Stack<Flood> _idle = new();
    private readonly Dictionary<(int Peer, int Parent), List<ModelBlock>> _waiting = [];
    private readonly List<ModelBlock> _blocks = [];
    private readonly List<Reorganisation> _reorganisations = [];
    private readonly int[] _depths = new int[MiningHistory.MostDepth + 1];
    private readonly long _step;
    private readonly int _observer;
    private long _now, _order;
    private double _lateness;
    private int _spread;

    public MiningLoop(MiningNetwork network, ulong seed)
    {
        (_network, _seed) = (network, seed);
        var random = new Rng(seed);
        (_clock, _delays) = (random.Fork("clock"), random.Fork("delays"));
        var links = Enumerable.Repeat(network.Links, network.Peers).ToArray();
        for (var miner = 0; miner < network.Miners.Count; miner++) links[miner] = network.Miners[miner].Links ?? network.Links;
        _neighbours = PeerMesh.Draw(links, random.Fork("mesh"));
        var first = new ModelBlock(0, null, -1, 0, 0, 1) { IsEverywhere = true, IsPublished = true };
        _blocks.Add(first);
        _tips = Enumerable.Repeat(first, network.Peers).ToArray();
        _miners = [.. network.Miners.Select((miner, index) => new LoopMiner(index, miner.Strategy, miner.Share, first))];
        _share = new double[network.Peers];
        foreach (var miner in _miners) _share[miner.Index] = miner.Share;
        _observer = Array.FindIndex(_miners, miner => miner.Strategy == MinerStrategy.Honest);
        _step = network.Power.IsConstant ? long.MaxValue : network.Interval.Ticks;
    }

    public MiningHistory Run(int blocks)
    {
        var (stepEnds, found) = (_step, Draw());
        while (_tips[_observer].Height < blocks)
        {
            var next = Math.Min(found, stepEnds);
            if (_arrivals.TryPeek(out var arrival, out var moment) && moment.Time <= next)
            {
                _arrivals.Dequeue();
                _now = moment.Time;
                if (!arrival.Block.IsAt(arrival.Peer) && Arrive(arrival.Peer, arrival.Block)) found = Draw();
            }
            else if (next == stepEnds)
            {
                // An exponential wait has no memory: it may begin anew whenever the power has changed.
                _now = stepEnds;
                stepEnds += _step;
                found = Draw();
            }
            else
            {
                _now = found;
                Find(Chosen());
                found = Draw();
            }
        }

        while (_arrivals.TryDequeue(out var arrival, out var moment))
        {
            _now = moment.Time;
            if (!arrival.Block.IsAt(arrival.Peer)) Arrive(arrival.Peer, arrival.Block);
        }

        return History();
    }

    private MiningHistory History()
    {
        for (var block = _tips[_observer]; block is not null; block = block.Parent) block.IsInChain = true;
        return new MiningHistory(_network, _seed, [.. _blocks.Where(block => block.IsPublished && block.Id > 0)])
        {
            Reorganisations = _reorganisations,
            Depths = _depths,
            Elapsed = new TimeSpan(_now),
            Lateness = TimeSpan.FromSeconds(_spread == 0 ? 0 : _lateness / _spread),
        };
    }

    /// <summary>When the next block is found, by anybody.</summary>
    private long Draw()
    {
        var rate = 0.0;
        foreach (var miner in _miners) rate += miner.Rate = miner.Share / Next(MinesOn(miner));
        var mean = _network.Interval.Ticks / (rate * _network.Power.At(new TimeSpan(_now)));
        return _now + 1 + (long)_clock.NextExponential(mean);
    }

    /// <summary>By whom: in proportion to power over difficulty.</summary>
    private LoopMiner Chosen()
    {
        var at = _clock.NextDouble() * _miners.Sum(miner => miner.Rate);
        foreach (var miner in _miners)
        {
            at -= miner.Rate;
            if (at < 0) return miner;
        }

        return _miners[^1];
    }

    /// <summary>The difficulty of a block on top of another (§4): the wanted time of the last blocks over the time that they took.</summary>
    private double Next(ModelBlock tip)
    {
        if (tip.NextDifficulty > 0) return tip.NextDifficulty;
        var every = _network.RetargetEvery;
        if (every == 0 || (tip.Height + 1) % every != 0) return tip.NextDifficulty = tip.Difficulty;
        var first = tip;
        while (first.Height > tip.Height + 1 - every) first = first.Parent!;
        var took = Math.Max(1, tip.ClaimedTicks - first.ClaimedTicks);
        var wanted = (double)_network.Interval.Ticks * (every - 1);
        var next = tip.Difficulty * Math.Clamp(wanted / took, 0.25, 4);
        return tip.NextDifficulty = Math.Max(next, MiningHistory.LeastDifficulty);
    }

    /// <summary>A block has come to a peer. Whether what somebody mines on, or how hard that is, may have changed.</summary>
    private bool Arrive(int peer, ModelBlock block)
    {
        if (!block.Parent!.IsAt(peer))
        {
            // It has overtaken the block before it, which is on its way.
            if (!_waiting.TryGetValue((peer, block.Parent.Id), out var list)) _waiting[(peer, block.Parent.Id)] = list = [];
            if (!list.Contains(block)) list.Add(block);
            return false;
        }

        var flood = block.Flood!;
        flood.Has[peer] = true;
        _lateness += _share[peer] * (_now - block.PublishedTicks) / TimeSpan.TicksPerSecond;
        Relay(peer, block, flood);
        if (--flood.Left == 0)
        {
            (block.Flood, block.IsEverywhere) = (null, true);
            _spread++;
            _idle.Push(flood);
        }

        var changed = Adopt(peer, block);
        if (!_waiting.Remove((peer, block.Id), out var children)) return changed;
        foreach (var child in children)
        {
            if (!child.IsAt(peer)) changed |= Arrive(peer, child);
        }

        return changed;
    }

    private void Relay(int peer, ModelBlock block, Flood flood)
    {
        foreach (var neighbour in _neighbours[peer])
        {
            if (flood.Has[neighbour]) continue;
            var arrival = _now + _network.Delay.Draw(_delays).Ticks;
            if (arrival >= flood.Earliest[neighbour]) continue;
            flood.Earliest[neighbour] = arrival;
            _arrivals.Enqueue((neighbour, block), new Moment(arrival, _order++));
        }
    }

    /// <summary>The peer goes over to the block if its chain is better; of equal ones the first stays.</summary>
    private bool Adopt(int peer, ModelBlock block)
    {
        var old = _tips[peer];
        var better = IsBetter(block, old);
        if (better)
        {
            _tips[peer] = block;
            if (block.Parent != old) Reorganise(peer, old, block);
        }

        if (peer >= _miners.Length) return false;
        var miner = _miners[peer];
        return miner.Strategy == MinerStrategy.Honest ? better && Next(old) != Next(block) : React(miner, block);
    }

    private bool IsBetter(ModelBlock block, ModelBlock than) =>
        _network.MostWork ? block.TotalWork > than.TotalWork : block.Height > than.Height;

    private void Reorganise(int peer, ModelBlock old, ModelBlock now)
    {
        var (left, right) = (old, now);
        while (left != right)
        {
            if (left.Height >= right.Height) left = left.Parent!;
            else right = right.Parent!;
        }

        var depth = old.Height - left.Height;
        if (depth == 0) return;
        _depths[Math.Min(depth, MiningHistory.MostDepth)]++;
        if (peer == _observer) _reorganisations.Add(new Reorganisation(new TimeSpan(_now), depth, old.Id, now.Id));
    }

    /// <summary>An arrival's time, and its place among those of the same time.</summary>
    private readonly record struct Moment(long Time, long Order) : IComparable<Moment>
    {
        public int CompareTo(Moment other) => Time != other.Time ? Time.CompareTo(other.Time) : Order.CompareTo(other.Order);
    }
}
