namespace Workbook.Sim;

/// <summary>
/// What a file held at one moment: the first bytes of a store that later appends share. Bytes that somebody may still see never change, so
/// an older moment costs nothing to keep; only a flipped bit is flipped in all of them.
/// </summary>
internal readonly record struct FileBytes
{
    private readonly Store _store;

    private FileBytes(Store store, int length) => (_store, Length) = (store, length);

    public int Length { get; }

    public ReadOnlySpan<byte> Span => _store.Bytes.AsSpan(0, Length);

    private sealed class Store(byte[] bytes)
    {
        public byte[] Bytes { get; set; } = bytes;

        /// <summary>How many bytes have been given away; they are fixed.</summary>
        public int Used { get; set; } = bytes.Length;
    }

    public static FileBytes Of(ReadOnlySpan<byte> bytes) => new(new Store(bytes.ToArray()), bytes.Length);

    /// <summary>With more at the end: in place while nobody else has added to this store, else in a store of its own.</summary>
    public FileBytes With(ReadOnlySpan<byte> more)
    {
        var length = Length + more.Length;
        var store = _store.Used == Length ? _store : new Store(Span.ToArray());
        if (length > store.Bytes.Length)
        {
            var bigger = new byte[Math.Max(length, Math.Min(store.Bytes.Length * 2L, Array.MaxLength))];
            store.Bytes.AsSpan(0, Length).CopyTo(bigger);
            store.Bytes = bigger;
        }

        more.CopyTo(store.Bytes.AsSpan(Length));
        store.Used = length;
        return new FileBytes(store, length);
    }

    /// <summary>Only the first bytes.</summary>
    public FileBytes First(int length) => new(_store, length);

    /// <summary>Flips one bit where it lies, for all who see these bytes.</summary>
    public void Flip(long bit) => _store.Bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));

    public bool SharesBytesWith(FileBytes other) => ReferenceEquals(_store, other._store);
}
