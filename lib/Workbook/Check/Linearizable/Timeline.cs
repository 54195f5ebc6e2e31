namespace Workbook.Check;

/// <summary>An operation as a search is to take it.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="IsRequired">Whether it must be done before it returns; an optional one may be done at any time after it was invoked, or never.</param>
/// <param name="Invoked">When it is taken to have been invoked.</param>
internal readonly record struct Entry(Operation Operation, bool IsRequired, long Invoked)
{
    /// <summary>The operation as it is.</summary>
    public static Entry Of(Operation operation) => new(operation, operation.Outcome == Outcome.Ok, operation.Invoked);
}

/// <summary>
/// The operations of one object as a search wants them: numbered by invocation, with the returns that cut time into moments. Each
/// operation has a slot while it is open, and a slot is used again after the operation returned; so what is done and what is not is,
/// at any moment, told by as many bits as operations are open at once, however long the history is.
/// </summary>
/// <remarks>
/// Moment m is the time just before the m-th return. An operation whose outcome is unknown has no return: it is optional, stays open
/// for ever, and its slot stands behind those of all others. At the same time invocations come before returns: those operations are
/// concurrent.
/// </remarks>
internal sealed class Timeline
{
    /// <summary>The moment at which an optional operation has to be done.</summary>
    public const int NoMoment = int.MaxValue;

    private const int None = -1;

    public Timeline(IEnumerable<Entry> entries, StateSpace space)
    {
        (Entries, Meaning) = Sorted([.. entries], space);
        IsPure = Array.ConvertAll(Meaning, space.IsPure);
        Returning = ByReturn();
        Moment = new int[Count];
        Array.Fill(Moment, NoMoment);
        for (var moment = 0; moment < Moments; moment++) Moment[Returning[moment]] = moment;
        InvokedBefore = new int[Moments];
        for (int moment = 0, invoked = 0; moment < Moments; InvokedBefore[moment++] = invoked)
        {
            while (invoked < Count && Entries[invoked].Invoked <= Entries[Returning[moment]].Operation.Returned) invoked++;
        }

        (Slot, SlotBefore) = (new int[Count], new int[Count]);
        RequiredSlots = GiveSlots();
        SameBefore = OptionalOfTheSameMeaning();
    }

    /// <summary>The operations by invocation, without those that cannot matter.</summary>
    public Entry[] Entries { get; }

    public int Count => Entries.Length;

    /// <summary>The meaning of each operation.</summary>
    public int[] Meaning { get; }

    /// <summary>Whether each operation leaves every state as it is.</summary>
    public bool[] IsPure { get; }

    /// <summary>How many returns there are.</summary>
    public int Moments => Returning.Length;

    /// <summary>By moment: the operation that returns then.</summary>
    public int[] Returning { get; }

    /// <summary>By moment: how many operations were invoked before it.</summary>
    public int[] InvokedBefore { get; }

    /// <summary>The moment at which each operation returns.</summary>
    public int[] Moment { get; }

    /// <summary>The slot of each operation.</summary>
    public int[] Slot { get; }

    /// <summary>The operation that had the slot of each operation before it.</summary>
    public int[] SlotBefore { get; }

    /// <summary>How many slots operations that return need; those of the optional ones follow.</summary>
    public int RequiredSlots { get; }

    /// <summary>How many slots there are.</summary>
    public int Slots { get; private set; }

    /// <summary>The optional operation of the same meaning that was invoked last before each optional operation.</summary>
    public int[] SameBefore { get; }

    private static (Entry[] Entries, int[] Meanings) Sorted(Entry[] entries, StateSpace space)
    {
        var end = long.MinValue;
        foreach (var entry in entries)
            if (entry.IsRequired) end = Math.Max(end, entry.Operation.Returned);

        // Of what need not be done, what changes nothing cannot matter, nor what was invoked after the last return.
        var (kept, meanings) = (new Entry[entries.Length], new int[entries.Length]);
        var count = 0;
        foreach (var entry in entries)
        {
            var meaning = space.Learn(entry.Operation);
            if (entry.IsRequired || (entry.Invoked <= end && !space.IsPure(meaning))) (kept[count], meanings[count++]) = (entry, meaning);
        }

        var order = InOrder(count, (left, right) => Times(kept[left]).CompareTo(Times(kept[right])));
        return (Array.ConvertAll(order, index => kept[index]), Array.ConvertAll(order, index => meanings[index]));
    }

    private static (long, long) Times(Entry entry) => (entry.Invoked, entry.Operation.Returned);

    private int[] ByReturn()
    {
        var required = new List<int>(Count);
        for (var index = 0; index < Count; index++)
            if (Entries[index].IsRequired) required.Add(index);
        return Array.ConvertAll(
            InOrder(required.Count, (left, right) => Entries[required[left]].Operation.Returned.CompareTo(Entries[required[right]].Operation.Returned)),
            place => required[place]);
    }

    /// <summary>The numbers up to that one, sorted so that equal ones stay in their order; mostly they are sorted already.</summary>
    private static int[] InOrder(int count, Comparison<int> compare)
    {
        var numbers = new int[count];
        var isInOrder = true;
        for (var number = 0; number < count; number++)
        {
            numbers[number] = number;
            isInOrder &= number == 0 || compare(number - 1, number) <= 0;
        }

        if (!isInOrder) Array.Sort(numbers, (left, right) => compare(left, right) is var order and not 0 ? order : left.CompareTo(right));
        return numbers;
    }

    private int GiveSlots()
    {
        var free = new Stack<int>();
        var holder = new List<int>();
        var optional = new List<int>();
        for (int moment = 0, invoked = 0; moment < Moments; moment++)
        {
            for (; invoked < InvokedBefore[moment]; invoked++)
            {
                SlotBefore[invoked] = None;
                if (Moment[invoked] == NoMoment)
                {
                    optional.Add(invoked);
                    continue;
                }

                if (!free.TryPop(out var slot))
                {
                    slot = holder.Count;
                    holder.Add(None);
                }

                (Slot[invoked], SlotBefore[invoked], holder[slot]) = (slot, holder[slot], invoked);
            }

            free.Push(Slot[Returning[moment]]);
        }

        for (var place = 0; place < optional.Count; place++) Slot[optional[place]] = holder.Count + place;
        Slots = holder.Count + optional.Count;
        return holder.Count;
    }

    private int[] OptionalOfTheSameMeaning()
    {
        var before = new int[Count];
        var last = new Dictionary<int, int>();
        for (var index = 0; index < Count; index++)
        {
            before[index] = None;
            if (Moment[index] != NoMoment) continue;
            before[index] = last.GetValueOrDefault(Meaning[index], None);
            last[Meaning[index]] = index;
        }

        return before;
    }
}
