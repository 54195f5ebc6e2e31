namespace Workbook.Sim;

/// <summary>Something that is to happen at a point in virtual time.</summary>
internal abstract class SimEvent
{
    /// <summary>Set when it must no longer happen; the queue then passes over it.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>The node it happens on; null for a step of the script.</summary>
    public virtual Node? Node => null;

    public abstract void Happen();
}

/// <summary>What is still to happen, ordered by time, and by order of entry where times are equal: a heap of four children.</summary>
internal sealed class EventQueue
{
    private const int Children = 4;

    private Entry[] _heap = new Entry[256];
    private int _cancelled;
    private long _entered;

    private readonly record struct Entry(long Ticks, long Order, SimEvent Event)
    {
        public bool IsBefore(in Entry other) => Ticks < other.Ticks || (Ticks == other.Ticks && Order < other.Order);
    }

    public int Count { get; private set; }

    public void Add(Instant time, SimEvent happening)
    {
        if (Count == _heap.Length) Array.Resize(ref _heap, Count * 2);
        MoveUp(Count++, new Entry(time.Ticks, _entered++, happening));
    }

    /// <summary>The time of the next thing to happen, if there is one.</summary>
    public bool TryPeek(out Instant time)
    {
        while (Count > 0 && _heap[0].Event.IsCancelled)
        {
            RemoveFirst();
            _cancelled--;
        }

        time = Count > 0 ? new Instant(_heap[0].Ticks) : default;
        return Count > 0;
    }

    /// <summary>Takes out the next thing to happen; ask <see cref="TryPeek"/> first.</summary>
    public SimEvent Take()
    {
        var first = _heap[0].Event;
        RemoveFirst();
        return first;
    }

    /// <summary>Cancels an event that is in the queue. Cancelled ones are swept out before they outnumber the rest.</summary>
    public void Cancel(SimEvent happening)
    {
        if (happening.IsCancelled) return;
        happening.IsCancelled = true;
        if (++_cancelled > 1024 && _cancelled > Count / 2) Sweep();
    }

    private void Sweep()
    {
        var left = 0;
        for (var index = 0; index < Count; index++)
        {
            if (!_heap[index].Event.IsCancelled) _heap[left++] = _heap[index];
        }

        Array.Clear(_heap, left, Count - left);
        Count = left;
        _cancelled = 0;
        for (var index = (Count - 2) / Children; index >= 0; index--) MoveDown(index, _heap[index]);
    }

    private void RemoveFirst()
    {
        var last = _heap[--Count];
        _heap[Count] = default;
        if (Count > 0) MoveDown(0, last);
    }

    private void MoveUp(int index, in Entry entry)
    {
        while (index > 0)
        {
            var parent = (index - 1) / Children;
            if (!entry.IsBefore(_heap[parent])) break;
            _heap[index] = _heap[parent];
            index = parent;
        }

        _heap[index] = entry;
    }

    private void MoveDown(int index, Entry entry)
    {
        while (true)
        {
            var first = index * Children + 1;
            if (first >= Count) break;
            var least = first;
            var end = Math.Min(first + Children, Count);
            for (var child = first + 1; child < end; child++)
            {
                if (_heap[child].IsBefore(_heap[least])) least = child;
            }

            if (!_heap[least].IsBefore(entry)) break;
            _heap[index] = _heap[least];
            index = least;
        }

        _heap[index] = entry;
    }
}
