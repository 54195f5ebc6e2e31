namespace Workbook.Bitcoin;

/// <summary>A number of the tables in §11, and what the workbook computes for it.</summary>
/// <param name="Attacker">q, the attacker's share of the hashing.</param>
/// <param name="Confirmations">z, the blocks that the payee waits for.</param>
/// <param name="Paper">The attacker's chance as printed, seven digits after the point.</param>
public sealed record PublishedChance(double Attacker, int Confirmations, double Paper)
{
    /// <summary>By the paper's formula.</summary>
    public double Formula => DoubleSpendRace.AttackerSuccess(Attacker, Confirmations);

    /// <summary>Of the race itself.</summary>
    public double Exact => DoubleSpendRace.ExactSuccess(Attacker, Confirmations);
}

/// <summary>A line of the last table of §11: how many confirmations bring the attacker's chance below 0.1 %.</summary>
/// <param name="Attacker">q, the attacker's share of the hashing.</param>
/// <param name="Paper">Confirmations as printed.</param>
public sealed record PublishedWait(double Attacker, int Paper)
{
    /// <summary>By the paper's formula.</summary>
    public int Formula => DoubleSpendRace.ConfirmationsFor(Attacker);

    /// <summary>For the race itself.</summary>
    public int Exact => DoubleSpendRace.ConfirmationsFor(Attacker, law: RaceLaw.NegativeBinomial);
}

/// <summary>What §11 prints.</summary>
public static class PublishedRace
{
    /// <summary>The attacker's chances for q = 0.1 and q = 0.3.</summary>
    public static IReadOnlyList<PublishedChance> Chances { get; } =
    [
        new(0.1, 0, 1), new(0.1, 1, 0.2045873), new(0.1, 2, 0.0509779), new(0.1, 3, 0.0131722), new(0.1, 4, 0.0034552), new(0.1, 5, 0.0009137),
        new(0.1, 6, 0.0002428), new(0.1, 7, 0.0000647), new(0.1, 8, 0.0000173), new(0.1, 9, 0.0000046), new(0.1, 10, 0.0000012),
        new(0.3, 0, 1), new(0.3, 5, 0.1773523), new(0.3, 10, 0.0416605), new(0.3, 15, 0.0101008), new(0.3, 20, 0.0024804), new(0.3, 25, 0.0006132),
        new(0.3, 30, 0.0001522), new(0.3, 35, 0.0000379), new(0.3, 40, 0.0000095), new(0.3, 45, 0.0000024), new(0.3, 50, 0.0000006),
    ];

    /// <summary>Confirmations for a chance of less than 0.1 %.</summary>
    public static IReadOnlyList<PublishedWait> Waits { get; } =
        [new(0.10, 5), new(0.15, 8), new(0.20, 11), new(0.25, 15), new(0.30, 24), new(0.35, 41), new(0.40, 89), new(0.45, 340)];
}
