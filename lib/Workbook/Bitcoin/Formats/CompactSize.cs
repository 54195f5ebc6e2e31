namespace Workbook.Bitcoin;

/// <summary>How sizes and counts are written: one byte up to 252, else a byte 253, 254 or 255 and 2, 4 or 8 more, lowest first.</summary>
public static class CompactSize
{
    /// <summary>How many bytes a number takes: 1, 3, 5 or 9.</summary>
    public static int Length(ulong value) => value < 0xfd ? 1 : value <= ushort.MaxValue ? 3 : value <= uint.MaxValue ? 5 : 9;

    /// <summary>How many bytes a length and the bytes behind it take.</summary>
    internal static int Sized(int length) => Length((ulong)length) + length;
}
