using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Workbook.Spark.Records;

/// <summary>Where a value's bytes go: a piece of the writer's memory, asked for once for many small parts of the value.</summary>
internal ref struct ByteSink(IBufferWriter<byte> to)
{
    private Span<byte> _free = to.GetSpan();
    private int _used;

    /// <summary>The next <paramref name="count"/> bytes, to be filled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Next(int count)
    {
        if (_free.Length < count)
            Renew(count);
        var next = _free[..count];
        _free = _free[count..];
        _used += count;
        return next;
    }

    /// <summary>A value as it is in memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Raw<T>(T value)
        where T : unmanaged => Unsafe.WriteUnaligned(ref Next(Unsafe.SizeOf<T>())[0], value);

    /// <summary>A number in one byte when it is below 128, in at most five otherwise: seven bits a byte, the lowest first.</summary>
    public void Number(uint number)
    {
        var bytes = Next(NumberSize(number));
        for (var i = 0; i < bytes.Length - 1; i++, number >>= 7)
            bytes[i] = (byte)(number | 0x80);
        bytes[^1] = (byte)number;
    }

    public static int NumberSize(uint number) => number < 0x80 ? 1 : (BitOperations.Log2(number) + 7) / 7;

    /// <summary>Hands what was filled to the writer.</summary>
    public void Flush()
    {
        to.Advance(_used);
        _used = 0;
        _free = default;
    }

    private void Renew(int count)
    {
        Flush();
        _free = to.GetSpan(count);
    }
}
