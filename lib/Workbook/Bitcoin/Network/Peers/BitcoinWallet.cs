using Workbook.Parts.Keys;

namespace Workbook.Bitcoin;

/// <summary>A payment that a wallet has taken for final.</summary>
/// <param name="Txid">The transaction.</param>
/// <param name="Amount">What it pays to the wallet, in satoshis.</param>
/// <param name="Confirmations">How many blocks confirmed it at that time.</param>
/// <param name="Time">When, since the start of the run.</param>
public sealed record Acceptance(Hash256 Txid, long Amount, int Confirmations, TimeSpan Time);

/// <summary>
/// A peer's wallet: one key, the coins that it owns, and the payments to it. A payment is accepted when as many blocks confirm it as the wallet waits for
/// (§11);
/// before that, nothing is handed out.
/// </summary>
public sealed class BitcoinWallet
{
    private readonly Dictionary<Hash256, long> _pending = [];
    private readonly List<Acceptance> _accepted = [];
    private readonly BlockChain _chain;
    private readonly MemoryPool _pool;

    internal BitcoinWallet(string name, int confirmations, BlockChain chain, MemoryPool pool)
    {
        Key = PrivateKey.FromText(name);
        Script = ScriptOf(name);
        (Confirmations, _chain, _pool) = (confirmations, chain, pool);
    }

    /// <summary>The key that signs.</summary>
    public PrivateKey Key { get; }

    /// <summary>What an output says that is for this wallet.</summary>
    public Script Script { get; }

    /// <summary>How many blocks must confirm a payment; with 0 it is enough to have heard of it.</summary>
    public int Confirmations { get; }

    /// <summary>The payments that were accepted, in that order.</summary>
    public IReadOnlyList<Acceptance> Accepted => _accepted;

    /// <summary>The coins that can be spent in the next block and that nothing in the memory pool spends.</summary>
    public IReadOnlyList<Coin> Coins => [.. _chain.Unspent.CoinsOf(Script).Where(coin => _pool.SpenderOf(coin.OutPoint) is null && IsMature(coin))];

    /// <summary>What an output says that is for the wallet of a peer's name.</summary>
    internal static Script ScriptOf(string name) => StandardOutput.ToWitnessOf(PrivateKey.FromText(name).PublicKey);

    /// <summary>Makes and signs a payment.</summary>
    /// <param name="to">Whom it pays.</param>
    /// <param name="amount">Satoshis.</param>
    /// <param name="fee">What the miner gets, in satoshis.</param>
    /// <exception cref="BitcoinException">The wallet has not as much.</exception>
    public Transaction Pay(Script to, long amount, long fee = 1000)
    {
        var coins = new List<Coin>();
        foreach (var coin in Coins)
        {
            if (coins.Sum(one => one.Amount) >= amount + fee) break;
            coins.Add(coin);
        }

        return coins.Count > 0 ? Pay(coins, to, amount, fee)
            : throw new BitcoinException(BitcoinError.NotEnough, "The wallet has no coin that it can spend now; let it mine, or wait until what it mined is mature.");
    }

    /// <summary>Makes and signs a payment with the coins given, whether they are spent already or not.</summary>
    internal Transaction Pay(IReadOnlyList<Coin> coins, Script to, long amount, long fee) =>
        Payment.Spend(coins).Pay(to, amount).Change(Address.Of(Script, BitcoinNetwork.Regtest), fee).Sign(Key);

    /// <summary>A transaction that the peer has heard of, or that stands in a new block.</summary>
    internal void Hear(Transaction transaction)
    {
        if (transaction.IsCoinbase || _accepted.Exists(one => one.Txid == transaction.Txid)) return;
        var amount = transaction.Outputs.Where(output => output.ScriptPubKey.Equals(Script)).Sum(output => output.Amount);
        if (amount > 0 && !transaction.Inputs.Any(IsOwn)) _pending[transaction.Txid] = amount;
    }

    /// <summary>Accepts what is confirmed often enough.</summary>
    internal void Look(TimeSpan now)
    {
        foreach (var txid in _pending.Keys.ToList())
        {
            var confirmed = _chain.Confirmations(txid);
            if (confirmed >= Confirmations && (confirmed > 0 || _pool.Find(txid) is not null)) Accept(txid, now);
        }
    }

    /// <summary>Takes a payment for final, for whatever reason.</summary>
    internal void Accept(Hash256 txid, TimeSpan now)
    {
        if (_pending.Remove(txid, out var amount)) _accepted.Add(new Acceptance(txid, amount, _chain.Confirmations(txid), now));
    }

    private bool IsMature(Coin coin) => _chain.Unspent.Find(coin.OutPoint) is not { IsCoinbase: true } output
        || _chain.Height + 1 - output.Height >= _chain.Rules.CoinbaseMaturity;

    /// <summary>Change of a payment of its own.</summary>
    private bool IsOwn(TxInput input) => input.Witness.Count == 2 && input.Witness[1].Span.SequenceEqual(Key.PublicKey.ToBytes());
}
