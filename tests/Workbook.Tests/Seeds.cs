using System.Globalization;

namespace Workbook.Tests;

/// <summary>How many seeds a test explores: what the test says, or the number in WORKBOOK_SEEDS.</summary>
internal static class Seeds
{
    public static int Count(int byDefault) =>
        Environment.GetEnvironmentVariable("WORKBOOK_SEEDS") is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : byDefault;
}
