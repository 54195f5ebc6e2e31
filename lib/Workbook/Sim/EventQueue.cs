namespace Workbook.Sim;

/// <summary>Something that is to happen at a point in virtual time.</summary>
internal abstract class SimEvent
{
    /// <summary>When it is to happen.</summary>
    public Instant Due { get; private set; }

    /// <summary>Its turn among those of the same time.</summary>
    public long Turn { get; private set; }

    /// <summary>Set when it must no longer happen; the queue then passes over it.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>The node by whose clock its time is measured; null where that is true time.</summary>
    public virtual Node? TimedBy => null;

    public bool IsPlanned => Place >= 0 && !IsCancelled;

    /// <summary>Whose priority is its own; null is the script's.</summary>
    public virtual Lane? Lane => TimedBy?.Lane;

    /// <summary>Its place in the queue, by the turn it had when it was put there; -1 when it is not queued.</summary>
    public long Place { get; set; } = -1;

    /// <summary>The time that its place stands for; it may have been put off since.</summary>
    public Instant PlacedAt { get; set; }

    /// <summary>The node it happens on; null for a step of the script.</summary>
    public virtual Node? Node => null;

    public abstract void Happen();

    public void SetDue(Instant due, long turn) => (Due, Turn) = (due, turn);
}

/// <summary>What is still to happen, ordered by time, and by order of entry where times are equal: a heap of four children.</summary>
internal sealed class EventQueue
{
    private const int Children = 4;

    private Entry[] _heap = new Entry[256];
    private int _dead;
    private long _turn;

    private readonly record struct Entry(long Ticks, long Turn, SimEvent Event)
    {
        /// <summary>Dead is what was cancelled, and what has been put elsewhere since.</summary>
        public bool IsDead => Event.IsCancelled || Event.Place != Turn;

        public bool IsBefore(in Entry other) => Ticks < other.Ticks || (Ticks == other.Ticks && Turn < other.Turn);
    }

    public int Count { get; private set; }

    public void Add(Instant time, SimEvent happening)
    {
        if (Count == _heap.Length) Array.Resize(ref _heap, Count * 2);
        happening.SetDue(time, _turn++);
        MoveUp(Count++, Placed(happening));
    }

    /// <summary>
    /// Plans an event anew, whether it is queued, cancelled or over. One that is put off stays where it is until its old time comes: setting
    /// a timer anew with every message costs almost nothing.
    /// </summary>
    public void Replan(Instant time, SimEvent happening)
    {
        if (happening.Place < 0 || time < happening.PlacedAt)
        {
            if (happening.Place >= 0 && !happening.IsCancelled) _dead++;
            happening.IsCancelled = false;
            Add(time, happening);
            return;
        }

        if (happening.IsCancelled) _dead--;
        happening.IsCancelled = false;
        happening.SetDue(time, _turn++);
    }

    /// <summary>The next thing to happen, if there is one.</summary>
    public SimEvent? Peek()
    {
        while (Count > 0)
        {
            ref var first = ref _heap[0];
            if (first.IsDead)
            {
                if (first.Event.Place == first.Turn) first.Event.Place = -1;
                RemoveFirst();
                _dead--;
                continue;
            }

            if (first.Event.Turn == first.Turn) return first.Event;
            MoveDown(0, Placed(first.Event));
        }

        return null;
    }

    /// <summary>Takes out the next thing to happen; ask <see cref="Peek"/> first.</summary>
    public void TakeFirst()
    {
        _heap[0].Event.Place = -1;
        RemoveFirst();
    }

    /// <summary>Adds all that is to happen by then to the list, in order.</summary>
    public void Collect(Instant by, List<SimEvent> into)
    {
        for (var index = 0; index < Count; index++)
        {
            if (!_heap[index].IsDead && _heap[index].Event.Due <= by) into.Add(_heap[index].Event);
        }

        into.Sort(static (one, other) => one.Due != other.Due ? one.Due.CompareTo(other.Due) : one.Turn.CompareTo(other.Turn));
    }

    /// <summary>Takes an event out that need not be the next.</summary>
    public void Remove(SimEvent happening)
    {
        var index = Array.FindIndex(_heap, 0, Count, entry => ReferenceEquals(entry.Event, happening) && !entry.IsDead);
        happening.Place = -1;
        var last = _heap[--Count];
        _heap[Count] = default;
        if (index == Count) return;
        if (index > 0 && last.IsBefore(_heap[(index - 1) / Children])) MoveUp(index, last);
        else MoveDown(index, last);
    }

    /// <summary>Cancels an event. Dead ones are swept out before they outnumber the rest.</summary>
    public void Cancel(SimEvent happening)
    {
        if (happening.IsCancelled) return;
        happening.IsCancelled = true;
        if (happening.Place >= 0 && ++_dead > 1024 && _dead > Count / 2) Sweep();
    }

    /// <summary>A node's clock now goes at another rate: what is timed by it comes sooner or later, by the factor given.</summary>
    public void Stretch(Node node, Instant now, double factor)
    {
        Sweep();
        for (var index = 0; index < Count; index++)
        {
            var happening = _heap[index].Event;
            if (ReferenceEquals(happening.TimedBy, node)) happening.SetDue(now + Clock.Times(happening.Due - now, factor), happening.Turn);
            _heap[index] = Placed(happening);
        }

        Heapify();
    }

    private static Entry Placed(SimEvent happening)
    {
        (happening.Place, happening.PlacedAt) = (happening.Turn, happening.Due);
        return new Entry(happening.Due.Ticks, happening.Turn, happening);
    }

    private void Sweep()
    {
        var left = 0;
        for (var index = 0; index < Count; index++)
        {
            var entry = _heap[index];
            if (!entry.IsDead) _heap[left++] = entry;
            else if (entry.Event.Place == entry.Turn) entry.Event.Place = -1;
        }

        Array.Clear(_heap, left, Count - left);
        Count = left;
        _dead = 0;
        Heapify();
    }

    private void Heapify()
    {
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
