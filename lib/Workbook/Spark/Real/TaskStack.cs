using System.Runtime.ExceptionServices;

namespace Workbook.Spark.Real;

/// <summary>Room for tasks: a chain of readers goes as deep as the chain of narrow transformations.</summary>
internal static class TaskStack
{
    /// <summary>Enough for the longest chain that there may be (<see cref="Rdd.MostNarrowSteps"/>), several times over.</summary>
    public const int Bytes = 64 * 1024 * 1024;

    /// <summary>So many fit in any stack that a program may be called on.</summary>
    private const int StepsAnywhere = 200;

    /// <summary>Runs a task here where that is sure to fit, and on a thread with room enough while this one waits where it is not.</summary>
    /// <param name="narrowSteps">How long the chain is.</param>
    /// <param name="task">The task; what it throws comes out here.</param>
    public static T Run<T>(int narrowSteps, Func<T> task)
    {
        if (narrowSteps <= StepsAnywhere) return task();
        var result = default(T);
        ExceptionDispatchInfo? thrown = null;
        var thread = new Thread(() => thrown = Try(() => result = task()), Bytes) { IsBackground = true };
        thread.Start();
        thread.Join();
        thrown?.Throw();
        return result!;
    }

    private static ExceptionDispatchInfo? Try(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception e)
        {
            return ExceptionDispatchInfo.Capture(e);
        }
    }
}
