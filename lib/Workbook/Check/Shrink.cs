namespace Workbook.Check;

/// <summary>Takes away what a failing run does not need.</summary>
public static class Shrink
{
    /// <summary>How often a run is played again, at most, to make it smaller.</summary>
    public const int MostReplays = 400;

    /// <summary>
    /// Leaves out planned faults, large groups first, then one by one, as long as the run still breaks a property (delta debugging,
    /// Zeller and Hildebrandt 2002). What is left is minimal: without any one of its faults nothing goes wrong.
    /// </summary>
    /// <exception cref="ArgumentException">The run breaks no property.</exception>
    public static SceneRun Faults(SceneRun failing) => new Shrinking(failing, MostReplays).Faults().Result();

    /// <summary>
    /// Cuts the run off where it is broken, then leaves out planned faults, scripted operations and messages, as long as the run still breaks the
    /// same property in that time. What is left is minimal of each kind, one by one, where the replays sufficed. Messages are lost only where what
    /// went wrong lies in what was done (<see cref="SceneRun.IsSafety"/>), and the network does not promise to keep order.
    /// </summary>
    /// <param name="failing">A run that breaks a property.</param>
    /// <param name="replays">How often it is played again, at most.</param>
    /// <exception cref="ArgumentException">The run breaks no property.</exception>
    public static SceneRun Run(SceneRun failing, int replays = MostReplays) =>
        new Shrinking(failing, replays).End().Everything();
}
