namespace Workbook.Spark.Shuffle;

/// <summary>
/// Keys' own order and that order turned round; texts by their code units, in no country's order. One object each, so that partitioners by them can be equal.
/// </summary>
internal sealed class KeyOrder<TKey> : IComparer<TKey>
{
    private KeyOrder()
    {
    }

    public static IComparer<TKey> Ascending { get; } = typeof(TKey) == typeof(string) ? (IComparer<TKey>)StringComparer.Ordinal : Comparer<TKey>.Default;

    public static IComparer<TKey> Descending { get; } = new KeyOrder<TKey>();

    int IComparer<TKey>.Compare(TKey? x, TKey? y) => Ascending.Compare(y, x);
}
