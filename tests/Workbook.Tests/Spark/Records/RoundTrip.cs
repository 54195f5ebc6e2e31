using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Runtime.CompilerServices;
using Workbook.Spark.Records;

namespace Workbook.Tests.Spark.Records;

/// <summary>Writes values, reads them again, and holds everything that is promised of both.</summary>
internal static class RoundTrip
{
    public static void Holds<T>(params T[] values)
    {
        var codec = RecordCodec<T>.Default;
        foreach (var value in values)
        {
            var bytes = Bytes(value);
            ReadOnlySpan<byte> from = bytes;
            var read = codec.Read(ref from);

            Assert.Equal(0, from.Length);
            Assert.Equal(Text(value), Text(read));
            Assert.Equal(bytes, Bytes(read));
            Assert.Equal(bytes.Length, codec.Size(value));
            Assert.Equal(bytes.Length, codec.FixedSize ?? bytes.Length);
            Assert.InRange(codec.LeastSize, 1, bytes.Length);
        }

        if (values.Length > 1)
            Holds<T[]>(values);
    }

    public static byte[] Bytes<T>(T value)
    {
        var to = new ArrayBufferWriter<byte>();
        RecordCodec<T>.Default.Write(value, to);
        return to.WrittenSpan.ToArray();
    }

    public static T Read<T>(ReadOnlySpan<byte> from) => RecordCodec<T>.Default.Read(ref from);

    /// <summary>All that is in a value as a text, so that values without an equality can be compared.</summary>
    public static string Text(object? value) => value switch
    {
        null => "null",
        string text => $"'{string.Join(',', text.Select(letter => (int)letter))}'",
        double number => $"{BitConverter.DoubleToInt64Bits(number):x}",
        float number => $"{BitConverter.SingleToInt32Bits(number):x}",
        DateTime time => $"{time.Ticks} {time.Kind}",
        DateTimeOffset time => $"{time.Ticks} {time.Offset}",
        _ when value.GetType() is { Name: "ImmutableArray`1" } type && type.GetProperty("IsDefault")!.GetValue(value) is true => "unset",
        IDictionary table => $"{{{string.Join(',', table.Keys.Cast<object>().Select(key => $"{Text(key)}={Text(table[key])}").Order(StringComparer.Ordinal))}}}",
        IEnumerable items => $"[{string.Join(',', items.Cast<object?>().Select(Text))}]",
        ITuple tuple => $"({string.Join(',', Enumerable.Range(0, tuple.Length).Select(i => Text(tuple[i])))})",
        _ when value.GetType().Namespace == typeof(RoundTrip).Namespace && !value.GetType().IsEnum => Members(value),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static string Members(object value)
    {
        var properties = value.GetType().GetProperties().Select(property => $"{property.Name}={Text(property.GetValue(value))}");
        var fields = value.GetType().GetFields().Where(field => !field.IsStatic).Select(field => $"{field.Name}={Text(field.GetValue(value))}");
        return $"{value.GetType().Name}{{{string.Join(',', properties.Concat(fields))}}}";
    }
}
