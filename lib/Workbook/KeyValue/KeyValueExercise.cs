using System.Globalization;
using Workbook.Check;
using Workbook.Parts;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.KeyValue;

/// <summary>Checks the exercises on the key/value store (lecture 7). Each check says what is wrong, not just that something is.</summary>
public static class KeyValueExercise
{
    /// <summary>
    /// Exercise 1: from the requests in a group's log, in their order, what stands under each key in the end? The logs come from twenty runs in which
    /// messages are lost and doubled and leaders crash, so that many a request stands in the log twice.
    /// </summary>
    public static ExerciseResult CheckReplay(Func<IReadOnlyList<KeyValueRequest>, IReadOnlyDictionary<string, string>> replay)
    {
        for (var seed = 0UL; seed < 20; seed++)
        {
            var (log, data) = LogAndData(seed);
            var found = replay(log);
            foreach (var (key, value) in data)
            {
                var mine = found.GetValueOrDefault(key, "");
                if (mine == value) continue;
                var twice = log.GroupBy(request => (request.ClientId, request.Sequence)).First(same => same.Count() > 1).First();
                return ExerciseResult.NotYet(mine.Length > value.Length
                    ? $"Seed {seed}: {key} is too long. The request {twice.ClientId}#{twice.Sequence} stands in that log more than once, and so do others; "
                        + "each is to be done once."
                    : $"Seed {seed}: {key} is “{End(mine)}”, and on the servers it is “{End(value)}”. Something was left out that is there only once.");
            }

            if (found.Keys.Except(data.Keys).FirstOrDefault() is { } extra) return ExerciseResult.NotYet($"Seed {seed}: nothing was ever put under {extra}.");
        }

        return ExerciseResult.Right("Twenty logs, and each leads to what the servers have. That is all there is to a server's state: "
            + "its clients' last numbers, and the data.");
    }

    /// <summary>
    /// Exercise 2: followers vote for nobody else before <paramref name="timeout"/> has passed on their own clocks since they heard the leader.
    /// Clocks run apart by up to
    /// <paramref name="drift"/>. For how long by its own clock may a leader answer reads, from the moment when it sent what a majority then answered?
    /// </summary>
    public static ExerciseResult CheckLease(TimeSpan timeout, double drift, TimeSpan answer)
    {
        var most = timeout * (1 - drift);
        if ((answer - most).Duration() <= 1.Milliseconds())
        {
            return ExerciseResult.Right(string.Create(CultureInfo.InvariantCulture,
                $"{most.TotalMilliseconds:0.#} ms: when the slowest clock has counted that, the fastest has counted {timeout.TotalMilliseconds:0.#} ms."));
        }

        return ExerciseResult.NotYet(answer < most
            ? "That is safe, and gives away time in which the leader could answer."
            : answer >= timeout
                ? "By then a follower whose clock is right may have voted for somebody else, and the leader does not know."
                : "Let the leader's clock be as slow as it may be. How much time has really passed when it has counted that?");
    }

    /// <summary>
    /// Exercise 3: bring a store to answer a get with what is stale. Its only missing precaution is that gets are confirmed: make it with
    /// <c>rules: KeyValueRules.All with { ConfirmGets = false }</c>, and drive it with partitions, puts and gets.
    /// </summary>
    public static ExerciseResult CheckStaleGet(KeyValueCluster store)
    {
        if (store.Options.Rules with { ConfirmGets = false } != KeyValueRules.All with { ConfirmGets = false } || store.Options.Raft.Rules != RaftRules.All)
        {
            return ExerciseResult.NotYet("Other precautions are off too; then it is no art. Switch off ConfirmGets alone.");
        }

        var history = store.History;
        var gets = history.Operations.Where(operation => operation is { Function: "get", Outcome: Outcome.Ok }).ToList();
        if (gets.Count == 0) return ExerciseResult.NotYet("No client has an answer to a get yet.");
        var verdict = ClientView.Verdict(history);
        if (verdict.Verdict == Verdict.No) return ExerciseResult.Right($"Stale, and provably so: {verdict.Reason}");
        return ExerciseResult.NotYet(store.Raft.Safety.Leaders.Count < 2
            ? "All is linearizable so far, and there was only one leader: cut it off, with a client on its side, and wait until the others have another."
            : "All is linearizable so far. Ask the old leader after the new one has acknowledged a put, and in the name of a client that still reaches it.");
    }

    private static (IReadOnlyList<KeyValueRequest> Log, IReadOnlyDictionary<string, string> Data) LogAndData(ulong seed)
    {
        var store = KeyValueScenes.AppendsInOneLog(seed);
        var server = store.Leader!;
        var entries = server.Log.Entries.Take((int)server.LastApplied).Where(entry => entry.Kind == EntryKind.Command);
        return ([.. entries.Select(entry => Command.Parse(entry.Command))], store[server.Self].Data);
    }

    private static string End(string text) => text.Length <= 20 ? text : $"…{text[^20..]}";
}
