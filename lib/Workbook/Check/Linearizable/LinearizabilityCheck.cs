using System.Globalization;
using Workbook.Draw;

namespace Workbook.Check;

public sealed partial class History
{
    /// <summary>
    /// Whether the operations can be put into one order that keeps every operation that was over before another began before it, and in
    /// which each returns what the model says (Herlihy and Wing 1990). Never throws: what it cannot decide is <em>unknown</em>.
    /// </summary>
    /// <param name="model">What the object does; guessed from the functions when not given.</param>
    /// <param name="limits">How much the search may take; 30 seconds and 2 GB when not given.</param>
    public Linearizability IsLinearizable(Model? model = null, SearchLimits? limits = null)
    {
        model ??= Model.Guess(this);
        if (model is null)
        {
            return new Linearizability(Verdict.Unknown, this, null)
            {
                IsRefused = true,
                Reason = $"{Where(0)}No model has the functions {Words.List(Operations.Select(operation => operation.Function).Distinct())}: "
                    + $"say which of {Words.List(Model.All.Select(one => one.Name))} it is, or make one with Model.Of.",
            };
        }

        if (model.Refusal(this) is { } refusal) return new Linearizability(Verdict.Unknown, this, model) { IsRefused = true, Reason = refusal };
        return new LinearizabilityCheck(this, model, limits ?? new()).Run();
    }
}

/// <summary>One check of one history: its parts, their searches, and what their verdicts say together.</summary>
internal sealed class LinearizabilityCheck(History history, Model model, SearchLimits limits)
{
    private List<IReadOnlyList<Operation>> _parts = [];
    private PartVerdict?[] _verdicts = [];

    public Linearizability Run()
    {
        _parts = [.. model.Parts(history.Operations.Where(operation => operation.Outcome != Outcome.Failed))];
        _verdicts = new PartVerdict?[_parts.Count];
        var clock = new SearchClock(limits.Time);
        clock.ForEach(_parts.Count, _parts.Sum(part => (long)part.Count), limits.Workers, (part, workers) =>
        {
            var verdict = PartVerdict.Of(_parts[part], model, limits with { Memory = limits.Memory / workers }, () => clock.IsOver || clock.IsBeyond(part));
            _verdicts[part] = verdict;
            if (verdict.End == SearchEnd.NoOrder) clock.EndAfter(part);
        });
        return Together();
    }

    /// <summary>No order of one part is no order; the first such part is the one that is told of, whichever core found one first.</summary>
    private Linearizability Together()
    {
        var verdicts = _verdicts.OfType<PartVerdict>().ToList();
        var (steps, situations) = (verdicts.Sum(verdict => verdict.Steps), verdicts.Sum(verdict => verdict.Situations));
        var broken = Array.FindIndex(_verdicts, verdict => verdict?.End == SearchEnd.NoOrder);
        if (broken >= 0)
        {
            var verdict = _verdicts[broken]!;
            var explained = Explanation.Of(_parts[broken], model, verdict, new SearchClock(limits.Time).HasEnded);
            return new(Verdict.No, history, model)
            {
                Steps = steps,
                Situations = situations,
                Key = _parts[broken][0].Key,
                Reason = explained.Reason,
                Core = explained.Core,
                Cycle = explained.Cycle,
                Longest = explained.Longest,
                Stuck = explained.Stuck,
            };
        }

        var undecided = Array.FindIndex(_verdicts, verdict => verdict?.End != SearchEnd.Found);
        if (undecided < 0) return new(Verdict.Yes, history, model)
        {
            Steps = steps,
            Situations = situations,
            Order = LinearOrder.Merge(verdicts.Select(one => one.Order)),
        };
        return new(Verdict.Unknown, history, model) { Steps = steps, Situations = situations, Reason = Undecided(undecided) };
    }

    private string Undecided(int part)
    {
        var where = _parts.Count == 1 ? "" : _parts[part][0].Key is { } key ? $" of key {key}" : " of one object";
        var verdict = _verdicts[part];
        return verdict?.End switch
        {
            SearchEnd.OutOfSteps => $"The search{where} took all of its {limits.Steps.ToString("N0", CultureInfo.InvariantCulture)} steps and had not decided.",
            SearchEnd.OutOfMemory => $"The search{where} needs more than its {Size(limits.Memory)} of memory: too many operations are open at once.",
            null when verdict?.Failure is { } failure => failure,
            _ when verdict?.Failure is { } failure => failure,
            _ => $"The search{where} did not end within {Words.Time(limits.Time)}{(verdict?.WasFull == true ? $", and its {Size(limits.Memory)} of memory were full" : "")}.",
        };
    }

    private static string Size(long bytes) => bytes >= 1 << 30 ? $"{Words.Number(bytes / (double)(1 << 30))} GB" : $"{Words.Number(bytes / (double)(1 << 20))} MB";
}
