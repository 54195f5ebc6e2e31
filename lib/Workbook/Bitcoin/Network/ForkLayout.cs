using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>A block of a tree that is to be drawn.</summary>
internal sealed record ForkBlock(string Name, string? Parent, int Height, bool IsInChain, string Label, string Detail, string Hint);

/// <summary>
/// Where the blocks of a tree stand: the chain in the first row, each other branch in a row of its own below. Where nothing forks, all but the first and the
/// last block are one box.
/// </summary>
internal static class ForkLayout
{
    private const int MostColumns = 60;
    private const int Shortest = 3;

    /// <summary>The boxes, and how many heights are not drawn because there are too many.</summary>
    public static (IReadOnlyList<TreeBox> Boxes, int LeftOut) Place(IReadOnlyList<ForkBlock> blocks)
    {
        var heights = blocks.GroupBy(block => block.Height).ToDictionary(group => group.Key, group => group.ToList());
        var (first, last) = (heights.Keys.Min(), heights.Keys.Max());
        var isForked = heights.Where(pair => pair.Value.Count > 1 || !pair.Value[0].IsInChain).Select(pair => pair.Key).ToHashSet();
        var (boxes, standsIn, rows) = (new List<TreeBox>(), new Dictionary<string, (string Box, int Row)>(), new Dictionary<int, int>());
        var column = 0;
        for (var height = first; height <= last; column++)
        {
            if (column >= MostColumns) return (boxes, last - height + 1);
            var run = 0;
            while (height + run <= last && !Near(height + run)) run++;
            if (run >= Shortest)
            {
                var hidden = Enumerable.Range(height, run).SelectMany(at => heights.GetValueOrDefault(at, [])).ToList();
                var name = $"heights {height} to {height + run - 1}";
                boxes.Add(new TreeBox(name, column, 0) { Label = $"{run} blocks", Hint = name, Look = TreeLook.Faint, From = hidden.Count > 0 ? Parents(hidden[0]) : [] });
                foreach (var block in hidden) standsIn[block.Name] = (name, 0);
                height += run;
                continue;
            }

            foreach (var block in heights.GetValueOrDefault(height, []).OrderByDescending(block => block.IsInChain)) Add(block);
            height++;
        }

        return (boxes, 0);

        bool Near(int height) =>
            height == first || height == last || isForked.Contains(height) || isForked.Contains(height - 1) || isForked.Contains(height + 1);

        string[] Parents(ForkBlock block) => block.Parent is { } parent && standsIn.TryGetValue(parent, out var place) ? [place.Box] : [];

        void Add(ForkBlock block)
        {
            var row = block.IsInChain ? 0 : RowOf(block);
            rows[row] = column;
            standsIn[block.Name] = (block.Name, row);
            boxes.Add(new TreeBox(block.Name, column, row)
            {
                Label = block.Label,
                Detail = block.Detail,
                Hint = block.Hint,
                Look = block.IsInChain ? TreeLook.Filled : TreeLook.Left,
                From = Parents(block),
            });
        }

        // A branch goes on in its row; a new one takes the first that has been free for a column.
        int RowOf(ForkBlock block)
        {
            if (block.Parent is { } parent && standsIn.TryGetValue(parent, out var place) && place.Row > 0 && rows[place.Row] < column) return place.Row;
            var row = 1;
            while (rows.TryGetValue(row, out var used) && used >= column - 1) row++;
            return row;
        }
    }
}
