namespace Workbook.Bitcoin;

/// <summary>
/// Eyal and Sirer's Algorithm 1 (2014) on a whole peer: its own blocks are on its chain at once, and told to others only when they have to be.
/// </summary>
internal sealed class SelfishPeer(PeerSettings settings) : BitcoinPeer(settings)
{
    private readonly List<Block> _kept = [];
    private int _length;
    private int? _publicHeight, _ownHeight;

    private int PublicHeight
    {
        get => _publicHeight ??= Chain.Height;
        set => _publicHeight = value;
    }

    private int OwnHeight
    {
        get => _ownHeight ??= Chain.Height;
        set => _ownHeight = value;
    }

    private protected override bool IsSecret(Hash256 hash) => _kept.Exists(block => block.Hash == hash);

    private protected override void Found(Block block)
    {
        var wasLevel = OwnHeight == PublicHeight;
        _kept.Add(block);
        Take(block, null);
        (OwnHeight, _length) = (Chain.Height, _length + 1);

        // Two branches of one block each, and now one more: the race is won.
        if (wasLevel && _length == 2) PublishAll();
    }

    private protected override void Heard(KnownBlock block)
    {
        if (block.Height <= PublicHeight) return;
        var lead = OwnHeight - PublicHeight;
        PublicHeight = block.Height;
        switch (lead)
        {
            case <= 0:
                _kept.Clear();
                (OwnHeight, _length) = (block.Height, 0);
                break;
            case 2:
                PublishAll();
                break;
            default:
                // With a lead of one: the same length, and a race; with more: as far as the others have come.
                Publish(block.Height);
                break;
        }
    }

    private void PublishAll()
    {
        Publish(OwnHeight);
        PublicHeight = OwnHeight;
        _length = 0;
    }

    private void Publish(int height)
    {
        Block[] told = [.. _kept.Where(block => Chain.Find(block.Hash)!.Height <= height)];
        _kept.RemoveAll(told.Contains);
        Reveal(told);
    }
}
