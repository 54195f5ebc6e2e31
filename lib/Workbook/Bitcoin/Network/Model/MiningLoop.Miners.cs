namespace Workbook.Bitcoin;

/// <summary>What miners do with their blocks.</summary>
internal sealed partial class MiningLoop
{
    /// <summary>How far a claimed time may lie ahead: two hours, as peers allow.</summary>
    private static readonly long Ahead = TimeSpan.TicksPerHour * 2;

    private ModelBlock MinesOn(LoopMiner miner) => miner.Strategy == MinerStrategy.Honest ? _tips[miner.Index] : miner.Tip;

    private void Find(LoopMiner miner)
    {
        var parent = MinesOn(miner);
        var block = new ModelBlock(_blocks.Count, parent, miner.Index, _now, ClaimedBy(miner, parent), Next(parent));
        _blocks.Add(block);
        switch (miner.Strategy)
        {
            case MinerStrategy.Honest:
                Publish(miner, block);
                break;
            case MinerStrategy.Selfish:
                FindSelfishly(miner, block);
                break;
            default:
                miner.Keep(block);
                if (IsBetter(block, _tips[miner.Index])) PublishAll(miner);
                break;
        }
    }

    /// <summary>Eyal and Sirer's Algorithm 1, "my pool found a block".</summary>
    private void FindSelfishly(LoopMiner miner, ModelBlock block)
    {
        var wasLevel = miner.Tip.Height == _tips[miner.Index].Height;
        miner.Keep(block);
        miner.Length++;
        if (!wasLevel || miner.Length != 2) return;

        // Two branches of one block each, and now one more: the race is won.
        PublishAll(miner);
        miner.Length = 0;
    }

    /// <summary>"Others found a block": a block of others has come to a miner that keeps its own. Whether it now mines elsewhere.</summary>
    private bool React(LoopMiner miner, ModelBlock block)
    {
        if (block.Miner == miner.Index || miner.Strategy != MinerStrategy.Selfish || _tips[miner.Index] != block) return false;
        switch (miner.Tip.Height - (block.Height - 1))
        {
            case <= 0:
                miner.Adopt(block);
                break;
            case 2:
                PublishAll(miner);
                miner.Length = 0;
                break;
            default:
                // With a lead of one: the same length, and a race; with more: as far as the others have come.
                while (miner.Kept.Count > 0 && miner.Kept.Peek().Height <= block.Height) Publish(miner, miner.Kept.Dequeue());
                break;
        }

        return true;
    }

    private void PublishAll(LoopMiner miner)
    {
        while (miner.Kept.TryDequeue(out var block)) Publish(miner, block);
    }

    private void Publish(LoopMiner miner, ModelBlock block)
    {
        block.IsPublished = true;
        block.PublishedTicks = _now;
        block.Flood = (_idle.TryPop(out var idle) ? idle : new Flood(_network.Peers)).Begin();
        Arrive(miner.Index, block);
    }

    /// <summary>
    /// The time warp: all blocks claim to be early, but the last of each period claims to be as late as peers allow, so that each period seems to have taken
    /// all the time since the start.
    /// </summary>
    private long ClaimedBy(LoopMiner miner, ModelBlock parent)
    {
        if (miner.Strategy != MinerStrategy.CheapBranch) return _now;
        var height = parent.Height + 1;
        return _network.RetargetEvery > 0 && (height + 1) % _network.RetargetEvery == 0 ? _now + Ahead : height * TimeSpan.TicksPerSecond;
    }

    /// <summary>A miner in the run.</summary>
    private sealed class LoopMiner(int index, MinerStrategy strategy, double share, ModelBlock first)
    {
        public int Index => index;

        public MinerStrategy Strategy => strategy;

        public double Share => share;

        public double Rate { get; set; }

        /// <summary>What a miner that keeps its blocks mines on.</summary>
        public ModelBlock Tip { get; private set; } = first;

        /// <summary>Its blocks that nobody else knows, oldest first.</summary>
        public Queue<ModelBlock> Kept { get; } = new();

        /// <summary>How many blocks its branch has, sent or kept, since it last agreed with the others.</summary>
        public int Length { get; set; }

        public void Keep(ModelBlock block)
        {
            Tip = block;
            Kept.Enqueue(block);
        }

        public void Adopt(ModelBlock block)
        {
            Tip = block;
            Kept.Clear();
            Length = 0;
        }
    }
}
