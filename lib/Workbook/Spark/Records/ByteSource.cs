using System.Runtime.CompilerServices;

namespace Workbook.Spark.Records;

/// <summary>Reads what <see cref="ByteSink"/> wrote, and believes nothing.</summary>
internal static class ByteSource
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> from, int count)
    {
        if ((uint)count > (uint)from.Length)
            throw Damage.Ended();
        var next = from[..count];
        from = from[count..];
        return next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Raw<T>(ref ReadOnlySpan<byte> from)
        where T : unmanaged => Unsafe.ReadUnaligned<T>(in Next(ref from, Unsafe.SizeOf<T>())[0]);

    public static uint Number(ref ReadOnlySpan<byte> from)
    {
        ulong number = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var next = Next(ref from, 1)[0];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return number <= uint.MaxValue ? (uint)number : throw new SparkException("a length is out of range");
        }

        throw new SparkException("a length has no end");
    }

    /// <summary>A number of items, each of at least <paramref name="least"/> bytes; −1 where there is no list.</summary>
    public static int Count(ref ReadOnlySpan<byte> from, int least)
    {
        var count = (long)Number(ref from) - 1;
        return count * least <= from.Length ? (int)count : throw new SparkException($"{count} items cannot be in the {from.Length} bytes that are left");
    }

    /// <summary>Whether there is a value: a byte that is 0 or 1.</summary>
    public static bool Flag(ref ReadOnlySpan<byte> from) => Next(ref from, 1)[0] switch
    {
        0 => false,
        1 => true,
        var other => throw new SparkException($"a byte that is 0 or 1 is {other}"),
    };
}

/// <summary>What is said of bytes that cannot be read, and of values that cannot be written.</summary>
internal static class Damage
{
    public static SparkException Ended() => new("they end in the middle of it");

    public static SparkException To(Type type, Exception exception)
    {
        var message = exception.Message.ReplaceLineEndings(" ").TrimEnd('.');
        var reason = exception is SparkException ? message : $"{exception.GetType().Name}: {message}";
        return new SparkException(
            $"These bytes are no {TypeNames.Of(type)}: {reason}. They are damaged, or were written from another type; compute them anew.", exception);
    }

    /// <summary>Throws when there is no stack left to go a level deeper.</summary>
    public static void GuardDepth(Type type)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new SparkException($"{TypeNames.Of(type)} is nested too deeply here, or holds itself: keep what is nested in a list instead.");
    }
}
