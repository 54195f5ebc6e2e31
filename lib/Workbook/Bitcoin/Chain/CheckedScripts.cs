namespace Workbook.Bitcoin;

/// <summary>
/// Transactions whose scripts have been found to be good: what came to the memory pool need not be checked again when a block brings it. The id with
/// witnesses says all that scripts see but the outputs that are spent, and those are named by their transactions' hashes; so one
/// list may serve all peers of a simulation.
/// </summary>
/// <param name="most">How many it keeps, 0 or more; then it begins anew.</param>
public sealed class CheckedScripts(int most = 100_000)
{
    private readonly Dictionary<Hash256, ScriptRules> _checked = [];

    /// <summary>How many transactions have had their scripts run.</summary>
    public long Runs { get; private set; }

    /// <summary>How many were known to be good when they were asked for.</summary>
    public long Hits { get; private set; }

    internal bool Has(Transaction transaction, ScriptRules rules)
    {
        var has = _checked.TryGetValue(transaction.Wtxid, out var held) && (held & rules) == rules;
        if (has) Hits++;
        else Runs++;
        return has;
    }

    internal void Add(Transaction transaction, ScriptRules rules)
    {
        if (_checked.Count >= most) _checked.Clear();
        if (most > 0) _checked[transaction.Wtxid] = rules;
    }
}
