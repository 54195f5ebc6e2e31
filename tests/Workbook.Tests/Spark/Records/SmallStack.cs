namespace Workbook.Tests.Spark.Records;

/// <summary>Little stack, so that it ends soon: an exception takes its time to come up from the bottom of a deep one.</summary>
internal static class SmallStack
{
    private const int Bytes = 512 * 1024;

    public static void Run(Action act)
    {
        Exception? thrown = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    act();
                }
                catch (Exception exception)
                {
                    thrown = exception;
                }
            },
            Bytes);
        thread.Start();
        thread.Join();
        if (thrown is not null)
            throw new InvalidOperationException(thrown.Message, thrown);
    }
}
