namespace Workbook.Tests.House;

/// <summary>A rule's findings, all at once: who mends one wants to see the others.</summary>
internal static class Complaints
{
    private const int Shown = 40;

    /// <summary>Fails with one line a finding, if there is any.</summary>
    /// <param name="findings">Sentences that say where, and what to do.</param>
    public static void None(IEnumerable<string> findings)
    {
        var all = findings.ToList();
        if (all.Count > 0)
            Assert.Fail(string.Join('\n', all.Take(Shown).Concat(all.Count > Shown ? [$"and {all.Count - Shown} more"] : [])));
    }
}
