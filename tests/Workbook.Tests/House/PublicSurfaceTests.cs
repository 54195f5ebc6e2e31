using Workbook.Sim;

namespace Workbook.Tests.House;

/// <summary>What notebooks can call is written down, so that a change of it is seen in the diff of the commit that makes it.</summary>
public sealed class PublicSurfaceTests
{
    private const string Snapshot = "tests/Workbook.Tests/House/PublicSurface.txt";
    private const string Accept = "WORKBOOK_ACCEPT";

    [Fact]
    public void The_public_surface_is_the_one_that_is_written_down()
    {
        string[] now = [.. PublicSurface.Lines(typeof(Simulation).Assembly)];
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            File.WriteAllText(Repository.FullPath(Snapshot), string.Join('\n', now) + "\n");

        var written = File.Exists(Repository.FullPath(Snapshot)) ? Repository.Text(Snapshot).TrimEnd('\n').Split('\n') : [];
        var same = now.Zip(written).TakeWhile(pair => pair.First == pair.Second).Count();
        if (same < Math.Max(now.Length, written.Length))
        {
            Assert.Fail($"""
                The library's public surface differs from {Snapshot}, line {same + 1}:
                  written  {written.ElementAtOrDefault(same) ?? "(end)"}
                  library  {now.ElementAtOrDefault(same) ?? "(end)"}
                Where that is meant: {Accept}=1 dotnet run --project tests/Workbook.Tests -- -class "*.PublicSurfaceTests"
                and commit what it writes.
                """);
        }
    }

    [Fact]
    public void A_member_is_written_as_one_would_declare_it()
    {
        var lines = PublicSurface.Lines(typeof(PublicSurfaceTests).Assembly).ToList();
        var start = lines.IndexOf("sealed class SurfaceSample<T> : IDisposable");

        Assert.Equal(
            [
                "  SurfaceSample(int size = 3)",
                "  void Dispose()",
                "  static List<TOther[,]> Few<TOther>(ref readonly T first, params int?[] rest)",
                "  T this[long at] { get; }",
                "  const int Most = 7",
                "  event Action Moved",
                "  string Name { get; init; }",
            ],
            lines.Skip(start + 1).Take(7));
    }
}

/// <summary>A type whose members are of every kind that the surface knows.</summary>
public sealed class SurfaceSample<T> : IDisposable
{
    public const int Most = 7;

    public SurfaceSample(int size = 3) => Name = $"{size}";

    public event Action? Moved;

    public string Name { get; init; }

    public T? this[long at] => at > Most ? default : throw new ArgumentOutOfRangeException(nameof(at));

    public static List<TOther[,]> Few<TOther>(ref readonly T first, params int?[] rest) => first is null ? [] : [new TOther[rest.Length, 1]];

    public void Dispose() => Moved?.Invoke();
}
