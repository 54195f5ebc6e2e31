using System.Globalization;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Bitcoin;

/// <summary>Trees: blocks with their forks, and hashes over transactions.</summary>
public static partial class BitcoinPictures
{
    private static readonly (TreeLook, string)[] ForkLegend =
        [(TreeLook.Filled, "in the chain"), (TreeLook.Left, "left: their work is lost"), (TreeLook.Faint, "no fork among these")];

    private static readonly (TreeLook, string)[] ProofLegend =
        [(TreeLook.Marked, "what is shown, and what is computed from it"), (TreeLook.Filled, "given by the proof"), (TreeLook.Usual, "not needed")];

    /// <summary>All blocks that were found in a run, with who found them and when; forks below the chain of one peer, with those who left them.</summary>
    /// <param name="cluster">The run.</param>
    /// <param name="observer">Whose chain is the first row; the first peer's when left out.</param>
    /// <exception cref="ArgumentException">There is no such peer, or no block was found yet.</exception>
    public static TreeDiagram BlockTree(this BitcoinCluster cluster, NodeId? observer = null)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        var chain = cluster[observer ?? cluster.Names[0]].Chain;
        if (cluster.Found.Count == 0) throw new ArgumentException("No block was found yet; let the run go on first.", nameof(cluster));
        var heights = new Dictionary<Hash256, int>();
        foreach (var block in chain.Tree.Blocks) heights[block.Hash] = block.Height;
        var blocks = new List<ForkBlock>();
        foreach (var found in cluster.Found)
        {
            var previous = found.Block.Header.Previous;
            var height = heights[found.Hash] = heights[previous] + 1;
            if (blocks.Count == 0 || !blocks.Exists(block => block.Name == $"{previous}"))
                blocks.Add(new ForkBlock($"{previous}", null, height - 1, true, $"height {height - 1}", "", "all had it at the start"));
            var left = cluster.Peers.Where(peer => peer.Switches.Any(change => IsLeft(change, found.Hash))).Select(peer => peer.Self.Name).ToList();
            blocks.Add(new ForkBlock(
                $"{found.Hash}", $"{previous}", height, BitcoinCluster.IsIn(chain, found), $"{found.Miner}", Minutes(found.Time),
                $"height {height}, {found.Block.Transactions.Count - 1} payments{(left.Count > 0 ? $", left by {string.Join(", ", left)}" : "")}"));
        }

        return Drawn($"Blocks of {cluster.Names.Count} peers", blocks);
    }

    /// <summary>All blocks that were sent in a run of the model; forks below the chain. Where nothing forks, many blocks are one box.</summary>
    /// <param name="history">The run.</param>
    public static TreeDiagram BlockTree(this MiningHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var blocks = history.Blocks.Select(block => new ForkBlock(
            $"{block.Id}", $"{block.Parent!.Id}", block.Height, block.IsInChain, history.MinerOf(block), Minutes(block.Time), $"block {block.Id} at height {block.Height}"));
        return Drawn("Blocks of the model", [new ForkBlock("0", null, 0, true, "first", "", "the first block"), .. blocks]);
    }

    /// <summary>
    /// The tree of hashes over a block's transactions (§7); with a transaction's number, what a light client is given and what it computes (§8).
    /// </summary>
    /// <param name="block">A block of at most 64 transactions.</param>
    /// <param name="transaction">The number of the transaction that is proved, from 0; none when null.</param>
    /// <exception cref="ArgumentException">The block has too many transactions, or there is no such one.</exception>
    public static TreeDiagram MerklePicture(this Block block, int? transaction = null)
    {
        ArgumentNullException.ThrowIfNull(block);
        var (tree, count) = (block.MerkleTree, block.Transactions.Count);
        if (count > 64) throw new ArgumentException($"A tree over {count} transactions cannot be read; take a block with at most 64.", nameof(block));
        if (transaction < 0 || transaction >= count)
            throw new ArgumentException($"The block has {count} transactions, numbered from 0; there is no transaction {transaction}.", nameof(transaction));
        var boxes = new List<TreeBox>();
        for (var level = 0; level < tree.Levels.Count; level++)
        {
            for (var index = 0; index < tree.Levels[level].Count; index++)
            {
                var hash = $"{tree.Levels[level][index]}";
                boxes.Add(new TreeBox($"{level}.{index}", Column(level, index), tree.Levels.Count - 1 - level)
                {
                    Label = $"{hash[^8..]}",
                    Detail = level == 0 ? index == 0 ? "coinbase" : $"tx {index}" : level == tree.Levels.Count - 1 ? "root" : "",
                    Hint = hash,
                    Look = transaction is { } proved ? Look(proved >> level, index, tree.Levels[level].Count) : TreeLook.Usual,
                    From = level == 0 ? [] : Children(level, index),
                });
            }
        }

        var title = transaction is null ? $"The Merkle tree over {count} transactions" : $"The proof that transaction {transaction} is among {count}";
        return new TreeDiagram(title, boxes)
        {
            IsUpright = true,
            Legend = transaction is null ? [] : ProofLegend,
            Note = "Of each hash the last eight digits. Where a level has an odd number of nodes, its last one is taken twice.",
        };

        // The last node of an odd level stands beside itself.
        string[] Children(int level, int index) =>
            [.. new[] { 2 * index, Math.Min((2 * index) + 1, tree.Levels[level - 1].Count - 1) }.Distinct().Select(child => $"{level - 1}.{child}")];

        double Column(int level, int index)
        {
            var (first, last) = (index << level, Math.Min(((index + 1) << level) - 1, count - 1));
            return (first + last) / 2.0;
        }
    }

    private static TreeLook Look(int path, int index, int width) =>
        index == path ? TreeLook.Marked : index == Math.Min(path ^ 1, width - 1) ? TreeLook.Filled : TreeLook.Usual;

    private static bool IsLeft(ChainSwitch change, Hash256 hash)
    {
        var block = change.From;
        for (var depth = 0; depth < change.Depth && block is not null; depth++, block = block.Parent)
        {
            if (block.Hash == hash) return true;
        }

        return false;
    }

    private static TreeDiagram Drawn(string title, IReadOnlyList<ForkBlock> blocks)
    {
        var (boxes, leftOut) = ForkLayout.Place(blocks);
        return new TreeDiagram(title, boxes)
        {
            Legend = ForkLegend,
            Note = leftOut > 0 ? string.Create(CultureInfo.InvariantCulture, $"The last {leftOut:N0} heights are not drawn.") : "",
        };
    }

    private static string Minutes(TimeSpan time) => time.TotalHours < 100
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.0} min")
        : string.Create(CultureInfo.InvariantCulture, $"day {time.TotalDays:0.0}");
}
