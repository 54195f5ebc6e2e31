namespace Workbook.Check;

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

    public Timeline(IReadOnlyList<Operation> part, StateSpace space)
    {
        (Operations, Meaning) = Sorted(part, space);
        IsPure = [.. Meaning.Select(space.IsPure)];
        Returning = [.. Enumerable.Range(0, Count).Where(index => Operations[index].Outcome == Outcome.Ok)
            .OrderBy(index => Operations[index].Returned).ThenBy(index => index)];
        Moment = new int[Count];
        Array.Fill(Moment, NoMoment);
        for (var moment = 0; moment < Moments; moment++) Moment[Returning[moment]] = moment;
        InvokedBefore = new int[Moments];
        for (int moment = 0, invoked = 0; moment < Moments; InvokedBefore[moment++] = invoked)
        {
            while (invoked < Count && Operations[invoked].Invoked <= Operations[Returning[moment]].Returned) invoked++;
        }

        (Slot, SlotBefore) = (new int[Count], new int[Count]);
        RequiredSlots = GiveSlots();
        SameBefore = OptionalOfTheSameMeaning();
    }

    /// <summary>The operations by invocation, without those that cannot matter.</summary>
    public Operation[] Operations { get; }

    public int Count => Operations.Length;

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

    private static (Operation[] Operations, int[] Meanings) Sorted(IReadOnlyList<Operation> part, StateSpace space)
    {
        var end = part.Where(operation => operation.Outcome == Outcome.Ok).Select(operation => operation.Returned).DefaultIfEmpty(long.MinValue).Max();
        // Of what has no answer, what changes nothing cannot matter, nor what was invoked after the last return.
        var known = part.Select(operation => (Operation: operation, Meaning: space.Learn(operation)))
            .Where(known => known.Operation.Outcome == Outcome.Ok || (known.Operation.Invoked <= end && !space.IsPure(known.Meaning)))
            .OrderBy(known => known.Operation.Invoked).ThenBy(known => known.Operation.Returned).ToList();
        return ([.. known.Select(one => one.Operation)], [.. known.Select(one => one.Meaning)]);
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
