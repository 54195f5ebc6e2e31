using System.Globalization;

namespace Workbook.Draw;

/// <summary>
/// One value of a node's state, in the shape it is shown in: text, a number, a list, a table, or a log. Two views are equal when they
/// show the same.
/// </summary>
public abstract record ReplayView
{
    private protected ReplayView()
    {
    }

    /// <summary>A word or two; with a colour of <see cref="Palette"/> it also colours the node in the drawing: its role, say. Null is shown as none.</summary>
    public static ReplayView Text(string? text, int? hue = null) => new ReplayText(text ?? "none", hue);

    /// <summary>A number.</summary>
    public static ReplayView Number(long value) => new ReplayNumber(value);

    /// <summary>Several names: votes, members of a configuration.</summary>
    public static ReplayView List(params IEnumerable<string> items) => new ReplayList([.. items]);

    /// <summary>A small table, such as a leader's next and match indexes.</summary>
    /// <param name="columns">What stands over the columns.</param>
    /// <param name="rows">The rows: what stands before each, and as many cells as there are columns.</param>
    /// <exception cref="ArgumentException">A row has more or fewer cells than there are columns.</exception>
    public static ReplayView Table(IEnumerable<string> columns, params IEnumerable<(string Name, IEnumerable<long> Cells)> rows)
    {
        var table = new ReplayTable([.. columns], [.. rows.Select(row => (row.Name, row.Cells.ToArray()))]);
        return table.Rows.FirstOrDefault(row => row.Cells.Length != table.Columns.Length) is { Name: not null } odd
            ? throw new ArgumentException($"The row '{odd.Name}' has {odd.Cells.Length} cells for {table.Columns.Length} columns; give one for each.")
            : table;
    }

    /// <summary>A log, as a row of cells coloured by term.</summary>
    /// <param name="cells">The entries that are kept.</param>
    /// <param name="committed">The index up to which entries are known to be committed; 0 for none.</param>
    /// <param name="first">The index of the first entry kept; those before it are in a snapshot.</param>
    /// <exception cref="ArgumentOutOfRangeException">The first index is below 0.</exception>
    public static ReplayView Log(IEnumerable<LogCell> cells, long committed = 0, long first = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        return new ReplayLog([.. cells], committed, first);
    }

    public static implicit operator ReplayView(string? text) => Text(text);

    public static implicit operator ReplayView(bool value) => Text(value ? "yes" : "no");

    public static implicit operator ReplayView(long value) => Number(value);
}

internal sealed record ReplayText(string Value, int? Hue) : ReplayView
{
    public override string ToString() => Value;
}

internal sealed record ReplayNumber(long Value) : ReplayView
{
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

internal sealed record ReplayList(string[] Items) : ReplayView
{
    public bool Equals(ReplayList? other) => other is not null && Items.AsSpan().SequenceEqual(other.Items);

    public override int GetHashCode() => Items.Length;

    public override string ToString() => Items.Length == 0 ? "none" : string.Join(' ', Items);
}

internal sealed record ReplayTable(string[] Columns, (string Name, long[] Cells)[] Rows) : ReplayView
{
    public bool Equals(ReplayTable? other) => other is not null && Columns.AsSpan().SequenceEqual(other.Columns)
        && Rows.Length == other.Rows.Length
        && Rows.Zip(other.Rows).All(pair => pair.First.Name == pair.Second.Name && pair.First.Cells.AsSpan().SequenceEqual(pair.Second.Cells));

    public override int GetHashCode() => Rows.Length;

    public override string ToString() => string.Join("; ", Rows.Select(row =>
        $"{row.Name} {string.Join(' ', Columns.Zip(row.Cells, (column, cell) => FormattableString.Invariant($"{column}={cell}")))}"));
}

internal sealed record ReplayLog(LogCell[] Cells, long Committed, long First) : ReplayView
{
    private const int Spoken = 8;

    public bool Equals(ReplayLog? other) => other is not null && Committed == other.Committed && First == other.First
        && Cells.AsSpan().SequenceEqual(other.Cells);

    public override int GetHashCode() => Cells.Length;

    /// <summary>The last entries, with the index of the first of them: <c>… 4: 2:x 2:y (3 committed)</c>.</summary>
    public override string ToString()
    {
        if (Cells.Length == 0)
            return First > 1 ? FormattableString.Invariant($"empty after {First - 1}") : "empty";
        var from = Math.Max(0, Cells.Length - Spoken);
        var entries = string.Join(' ', Cells.Skip(from));
        return FormattableString.Invariant($"{(First + from > 1 ? $"… {First + from}: " : "")}{entries} ({Committed} committed)");
    }
}
