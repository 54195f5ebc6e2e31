using Workbook.Draw;
using Workbook.Parts.Keys;

namespace Workbook.Bitcoin;

/// <summary>
/// Makes a transaction step by step (§2): coins that are spent, who is paid, where the change goes; then the owners' keys sign. Each step gives a
/// new payment and leaves the old one as it was.
/// </summary>
/// <example><code>Payment.Spend(Coin.Of(t6, 0)).Pay(addressOfZ, 10.Bitcoins()).Change(addressOfY, fee: 1000).Sign(keyOfY)</code></example>
[TypeFormatterSource]
public sealed record Payment : IDisplay
{
    /// <summary>An output below so many satoshis costs more to spend than it is worth; nodes do not pass it on.</summary>
    public const long Dust = 546;

    private Payment(IReadOnlyList<Coin> coins) => Coins = coins;

    /// <summary>The coins that are spent.</summary>
    public IReadOnlyList<Coin> Coins { get; private init; }

    /// <summary>The outputs that are made.</summary>
    public IReadOnlyList<TxOutput> Outputs { get; private init; } = [];

    /// <summary>The height or time that the transaction waits for; 0 for none.</summary>
    public uint LockTime { get; private init; }

    /// <summary>What the coins hold and no output takes: the miner's fee, in satoshis. Below zero it is no payment yet.</summary>
    public long Fee => Coins.Sum(coin => coin.Amount) - Outputs.Sum(output => output.Amount);

    /// <summary>The transaction without any signature: its id is not final where signatures count for it.</summary>
    public Transaction Unsigned => new(
        [.. Coins.Select(coin => new TxInput(coin.OutPoint, Script.Empty, LockTime == 0 ? TxInput.Final : TxInput.Final - 1))], Outputs, version: 2, LockTime);

    /// <summary>Begins a payment with the coins that it spends.</summary>
    /// <exception cref="ArgumentException">There are none, or one twice.</exception>
    public static Payment Spend(params IReadOnlyList<Coin> coins)
    {
        ArgumentNullException.ThrowIfNull(coins);
        if (coins.Count == 0) throw new ArgumentException("A payment spends at least one coin.", nameof(coins));
        if (coins.DistinctBy(coin => coin.OutPoint).Count() < coins.Count) throw new ArgumentException("A payment cannot spend the same coin twice.", nameof(coins));
        return new Payment([.. coins]);
    }

    /// <summary>Pays somebody.</summary>
    /// <param name="address">Who is paid.</param>
    /// <param name="amount">Satoshis: <c>10.Bitcoins()</c>.</param>
    /// <exception cref="BitcoinException">The amount is not above zero, or more than there is.</exception>
    public Payment Pay(Address address, long amount)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Pay(address.ScriptPubKey, amount);
    }

    /// <summary>Pays to an output's script.</summary>
    /// <param name="scriptPubKey">What it takes to spend it.</param>
    /// <param name="amount">Satoshis; 0 only for data.</param>
    /// <exception cref="BitcoinException">The amount is not above zero, or more than there is.</exception>
    public Payment Pay(Script scriptPubKey, long amount)
    {
        ArgumentNullException.ThrowIfNull(scriptPubKey);
        if (!Money.IsPossible(amount) || (amount == 0 && !scriptPubKey.IsUnspendable))
            throw new BitcoinException(BitcoinError.Amount, $"{Money.Text(amount)} cannot be paid; an amount is above zero and at most {Money.Text(Money.Most)}.");
        var paid = this with { Outputs = [.. Outputs, new TxOutput(amount, scriptPubKey)] };
        return paid.Fee >= 0 ? paid : throw new BitcoinException(BitcoinError.NotEnough,
            $"The coins hold {Money.Text(Coins.Sum(coin => coin.Amount))}, and {Money.Text(paid.Outputs.Sum(output => output.Amount))} are to be paid; spend more coins or pay less.");
    }

    /// <summary>Gives back what is left above the fee; where that is not worth an output (<see cref="Dust"/>) it goes to the miner too.</summary>
    /// <param name="address">Whom the rest is given back to, as a rule the one who pays.</param>
    /// <param name="fee">What the miner gets, in satoshis.</param>
    /// <exception cref="BitcoinException">Not as much as the fee is left.</exception>
    public Payment Change(Address address, long fee)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentOutOfRangeException.ThrowIfNegative(fee);
        if (Fee < fee) throw new BitcoinException(BitcoinError.NotEnough, $"{Money.Text(Math.Max(0, Fee))} are left, and the fee is {Money.Text(fee)}; spend more coins or pay less.");
        return Fee - fee < Dust ? this : Pay(address, Fee - fee);
    }

    /// <summary>Makes the transaction wait.</summary>
    /// <param name="lockTime">A height below 500,000,000, or seconds since 1970.</param>
    public Payment Wait(uint lockTime) => this with { LockTime = lockTime };

    /// <summary>Signs every input: all inputs and outputs, each with the key that its coin asks for.</summary>
    /// <param name="keys">The owners' keys, in any order.</param>
    /// <returns>The transaction, ready to be sent.</returns>
    /// <exception cref="BitcoinException">A coin is of none of the keys, or of a kind that is not signed here; or there is no output.</exception>
    public Transaction Sign(params IReadOnlyList<PrivateKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (Outputs.Count == 0) throw new BitcoinException(BitcoinError.NoOutputs, "The payment pays nobody; call Pay before Sign.");
        var signer = new PaymentSigner(Unsigned, keys);
        return signer.Transaction with { Inputs = [.. Coins.Select((coin, index) => signer.Sign(index, coin))] };
    }

    /// <summary>The text.</summary>
    public MimeBundle ToMimeBundle() => MimeBundle.Text(ToString());

    /// <summary>What is spent, who is paid, and the fee.</summary>
    public override string ToString() =>
        $"spends {string.Join(" and ", Coins)}; {string.Concat(Outputs.Select(output => $"pays {output}; "))}fee {Money.Text(Fee)}";
}
