namespace Workbook.Check;

/// <summary>Takes away what a failing run does not need.</summary>
public static class Shrink
{
    /// <summary>
    /// Leaves out planned faults, large groups first, then one by one, as long as the run still breaks a property (delta debugging,
    /// Zeller and Hildebrandt 2002). What is left is minimal: without any one of its faults nothing goes wrong.
    /// </summary>
    public static SceneRun Faults(SceneRun failing)
    {
        if (failing.Violation is null) throw new ArgumentException("Only a run that breaks a property can be shrunk.");
        if (failing.WithFaults is not { } again) return failing;
        for (var size = failing.Faults.Count; size > 0; size = Math.Min(size / 2, failing.Faults.Count))
        {
            for (var from = 0; from < failing.Faults.Count;)
            {
                var end = Math.Min(from + size, failing.Faults.Count);
                var thinner = again([.. failing.Faults.Take(from), .. failing.Faults.Skip(end)]);
                if (thinner.Violation is null) from = end;
                else failing = thinner;
            }
        }

        return failing;
    }
}
