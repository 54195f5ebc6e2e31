using System.Globalization;
using Workbook.Draw;

namespace Workbook.Bitcoin;

/// <summary>
/// All outputs that are not spent on a branch: all the coins there are. A block takes some away and puts others there, and every change
/// can be taken back, so that a peer can go over to another branch (§5).
/// </summary>
[TypeFormatterSource]
public sealed class UtxoSet : IDisplay
{
    private readonly Dictionary<OutPoint, UnspentOutput> _outputs = [];

    /// <summary>How many outputs are unspent.</summary>
    public int Count => _outputs.Count;

    /// <summary>What they hold together, in satoshis.</summary>
    public long Total { get; private set; }

    /// <summary>The coins in the order of their transactions' hashes.</summary>
    public IEnumerable<Coin> Coins =>
        _outputs.OrderBy(pair => pair.Key.Txid).ThenBy(pair => pair.Key.Index).Select(pair => new Coin(pair.Key, pair.Value.Output));

    /// <summary>The output at a place; null when none is unspent there.</summary>
    public UnspentOutput? Find(OutPoint place) => _outputs.TryGetValue(place, out var output) ? output : null;

    /// <summary>The coins that ask for this script: what a wallet owns by one of its keys.</summary>
    public IReadOnlyList<Coin> CoinsOf(Script scriptPubKey)
    {
        ArgumentNullException.ThrowIfNull(scriptPubKey);
        return [.. Coins.Where(coin => coin.Output.ScriptPubKey.Equals(scriptPubKey))];
    }

    /// <summary>Whether two sets hold the same outputs, of the same origin.</summary>
    public bool SameAs(UtxoSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Count == other.Count && _outputs.All(pair => other._outputs.TryGetValue(pair.Key, out var theirs) && theirs == pair.Value);
    }

    /// <inheritdoc/>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary><c>4,012 unspent outputs with 100,250 BTC</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count:N0} unspent outputs with {Money.Text(Total)}");

    /// <summary>Takes the outputs that a transaction spends away and puts those that it makes there.</summary>
    /// <param name="transaction">The transaction; a coinbase spends nothing.</param>
    /// <param name="height">The height of its block.</param>
    /// <param name="changes">Takes note of what was there before.</param>
    internal void Apply(Transaction transaction, int height, List<UtxoChange> changes)
    {
        var isCoinbase = transaction.IsCoinbase;
        if (!isCoinbase)
        {
            foreach (var input in transaction.Inputs) Put(input.Previous, null, changes);
        }

        var txid = transaction.Txid;
        for (var index = 0; index < transaction.Outputs.Count; index++)
        {
            var output = transaction.Outputs[index];
            if (!output.ScriptPubKey.IsUnspendable) Put(new OutPoint(txid, (uint)index), new UnspentOutput(output, height, isCoinbase), changes);
        }
    }

    /// <summary>Takes changes back, the last one first.</summary>
    internal void Undo(IReadOnlyList<UtxoChange> changes)
    {
        for (var index = changes.Count - 1; index >= 0; index--) Put(changes[index].OutPoint, changes[index].Before, null);
    }

    private void Put(OutPoint place, UnspentOutput? after, List<UtxoChange>? changes)
    {
        var before = Find(place);
        if (before is null && after is null) return;
        changes?.Add(new UtxoChange(place, before));
        Total += (after?.Output.Amount ?? 0) - (before?.Output.Amount ?? 0);
        if (after is { } output) _outputs[place] = output;
        else _outputs.Remove(place);
    }
}
