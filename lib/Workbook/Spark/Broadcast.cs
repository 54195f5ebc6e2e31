namespace Workbook.Spark;

/// <summary>A value that every task may read, sent to each machine once and not with every task.</summary>
public sealed class Broadcast<T>
{
    private readonly T _value;

    internal Broadcast(int id, T value, long bytes) => (Id, _value, Bytes) = (id, value, bytes);

    /// <summary>The number of the broadcast in its context.</summary>
    public int Id { get; }

    /// <summary>The value.</summary>
    public T Value
    {
        get
        {
            Scheduling.TaskContext.Current?.Broadcasts.Add((Id, Bytes));
            return _value;
        }
    }

    /// <summary>How many bytes are sent to a machine.</summary>
    public long Bytes { get; }
}
