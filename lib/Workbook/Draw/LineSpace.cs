namespace Workbook.Draw;

/// <summary>Where lines run in a diagram, so that texts can be set where few of them do.</summary>
internal sealed class LineSpace
{
    /// <summary>Lines are looked up by the strips of the page they run through.</summary>
    private const double Strip = 40;

    private readonly List<(Point Start, Point End)> lines = [];
    private readonly Dictionary<int, List<int>> strips = [];

    public readonly record struct Point(double X, double Y)
    {
        public Point Towards(Point other, double share) => new(X + (other.X - X) * share, Y + (other.Y - Y) * share);
    }

    /// <summary>Adds a line and gives its number.</summary>
    public int Add(Point start, Point end)
    {
        lines.Add((start, end));
        for (var i = Index(Math.Min(start.Y, end.Y)); i <= Index(Math.Max(start.Y, end.Y)); i++)
            (strips.TryGetValue(i, out var there) ? there : strips[i] = []).Add(lines.Count - 1);
        return lines.Count - 1;
    }

    /// <summary>
    /// How many lines but one run through a box. A line that runs through two strips of the box may count twice; it is only a measure.
    /// </summary>
    public int Through(LabelSpace.Box box, int except)
    {
        var count = 0;
        for (var i = Index(box.Top); i <= Index(box.Top + box.Height); i++)
        {
            foreach (var line in strips.GetValueOrDefault(i) ?? [])
                count += line != except && Meets(lines[line].Start, lines[line].End, box) ? 1 : 0;
        }
        return count;
    }

    /// <summary>A line meets a box when the part of it above the box's width reaches into the box's height.</summary>
    private static bool Meets(Point a, Point b, LabelSpace.Box box)
    {
        if (a.X > b.X)
            (a, b) = (b, a);
        var (left, right) = (Math.Max(a.X, box.Left), Math.Min(b.X, box.Left + box.Width));
        if (left > right)
            return false;
        var slope = b.X - a.X < 1e-9 ? 0 : (b.Y - a.Y) / (b.X - a.X);
        var (y1, y2) = (a.Y + (left - a.X) * slope, a.Y + (right - a.X) * slope);
        return Math.Max(y1, y2) > box.Top && Math.Min(y1, y2) < box.Top + box.Height;
    }

    private static int Index(double y) => (int)Math.Floor(y / Strip);
}
