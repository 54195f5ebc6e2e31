namespace Workbook.Tests.Spark.Records;

internal sealed record Page(string Url, int Visits);

internal record Animal(string Name);

internal sealed record Dog(string Name, int Age) : Animal(Name);

internal sealed record Chain(int Value, Chain? Next);

internal sealed record Tree(string Name, Tree[] Children);

internal sealed record Author(string Name, List<Book>? Books);

internal sealed record Book(string Title, Author? By);

internal readonly record struct Point(double X, double Y)
{
    public double Length => Math.Sqrt((X * X) + (Y * Y));
}

internal record struct Nothing;

internal struct Reading
{
    public int Sensor;
    public double Value;
    public string? Unit;
}

internal struct Forest
{
    public Forest()
    {
    }

    public string? Name { get; set; } = "a forest";

    public Forest[]? Parts { get; set; } = [];
}

/// <summary>A plain class: some of it through the constructor, by fields of its own, and some set.</summary>
internal sealed class Vote(int candidate, string? voter)
{
    private readonly string? _voter = voter;

    public int Candidate { get; } = candidate;

    public string? Voter => _voter;

    public required int Term { get; init; }

    public string? Remark { get; set; }

    public bool IsAnonymous => Voter is null;

    public override string ToString() => $"{Candidate} {Voter} {Term} {Remark}";
}

internal sealed class Unset
{
    public int Number { get; set; } = 7;

    public IReadOnlyList<string?>? Names { get; set; }
}

internal sealed class Secretive(int size)
{
    private readonly int _seed = size * 3;

    public int Size { get; } = size;

    public int Next() => _seed + Size;
}

internal sealed class Closed
{
    private Closed(int number) => Number = number;

    public int Number { get; }

    public static Closed Of(int number) => new(number);
}

internal sealed record Positive
{
    public Positive(int number) => Number = number > 0 ? number : throw new ArgumentOutOfRangeException(nameof(number), "must be positive");

    public int Number { get; }
}

internal sealed record Nest<T>(T Value, Nest<List<T>>? Inner);

internal sealed record CaseBlind(string Word)
{
    public bool Equals(CaseBlind? other) => other is not null && string.Equals(Word, other.Word, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Word);
}

/// <summary>Two names that differ in nothing but case, and a method that the compiler has another of.</summary>
internal sealed record Twins(int A, int a)
{
    public string PrintMembers(int times) => string.Concat(Enumerable.Repeat($"{A}{a}", times));
}

internal sealed record Visit(Page Page, DateTime At, Point? Where);

internal enum Colour : byte
{
    Red,
    Green = 200,
}

internal enum Huge : long
{
    Least = long.MinValue,
    Most = long.MaxValue,
}
