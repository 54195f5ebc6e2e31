using System.Globalization;
using Workbook.Parts;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>Checks the exercises of lectures 5 and 7. Each check says what is wrong, not just that something is.</summary>
public static class Exercise
{
    /// <summary>
    /// Lecture 5, exercise 1: timing for five servers between which a message takes 40 to 60 ms, and one in ten is lost. In a minute without crashes no
    /// leader may be deposed; after a crash there must be a new one within 5 seconds. Twenty seeds each.
    /// </summary>
    public static ExerciseResult CheckTiming(RaftOptions options)
    {
        var network = new NetworkOptions { Delay = Delay.Uniform(40.Milliseconds(), 60.Milliseconds()), Loss = 0.1 };
        for (var seed = 1UL; seed <= 20; seed++)
        {
            var cluster = new RaftCluster(5, seed, options: options, network: network, trace: TraceLimit.Off);
            if (!cluster.Run.RunUntil(() => cluster.Leader is not null, 20.Seconds())) return NoLeader("at all", seed, 20);
            cluster.RunFor(1.Seconds());
            if (cluster.Leader is not { } leader) return NoLeader("for long", seed, 1);
            var term = leader.CurrentTerm;
            cluster.RunFor(1.Minutes());
            var later = cluster.Up.Max(server => server.CurrentTerm);
            if (later != term)
            {
                return ExerciseResult.NotYet(string.Create(CultureInfo.InvariantCulture,
                    $"Seed {seed}: nobody crashed, and in a minute the group went from term {term} to term {later}. Followers run out of patience between two heartbeats: one that is lost or late must not be enough."));
            }

            cluster.Crash(cluster.Leader!);
            if (!cluster.Run.RunUntil(() => cluster.Leader is not null, 5.Seconds())) return NoLeader("after the crash", seed, 5);
        }

        return ExerciseResult.Right("Patient enough for a lost heartbeat, quick enough after a crash, and random enough that one candidate wins before the next one stands.");
    }

    /// <summary>Lecture 5, exercise 2: of three servers with these logs, s1's first, which can be elected while all three are up?</summary>
    /// <param name="logs">As the lecture writes them.</param>
    /// <param name="answer">Names, in any order: <c>"s2 s3"</c>.</param>
    public static ExerciseResult CheckWhoCanWin(IReadOnlyList<string> logs, string answer)
    {
        var term = logs.SelectMany(log => log.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Max(long.Parse);
        var named = answer.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Order().ToList();
        for (var number = 1; number <= logs.Count; number++)
        {
            NodeId server = $"s{number}";
            var votes = RaftStories.Elect(logs, server, term)[server].Votes;
            var wins = votes.Count > logs.Count / 2;
            if (wins == named.Contains(server.Name)) continue;
            return ExerciseResult.NotYet(wins
                ? $"{server} can win: {string.Join(" and ", votes)} vote for it. Compare last terms first, lengths only when they are equal (§5.4.1)."
                : $"{server} cannot win: only {string.Join(" and ", votes)} would vote for it. Compare last terms first, lengths only when they are equal (§5.4.1).");
        }

        return ExerciseResult.Right($"{string.Join(" and ", named)}, and nobody else.");
    }

    /// <summary>Lecture 7, exercise 1: the logs of a running group must differ at one index in their terms, without any rule switched off.</summary>
    public static ExerciseResult CheckDiverged(RaftCluster cluster)
    {
        var logs = cluster.Up.Select(server => server.Log).ToList();
        for (var index = 1L; index <= logs.Max(log => log.LastIndex); index++)
        {
            var terms = logs.Where(log => log.Has(index)).Select(log => log[index].Term).Distinct().ToList();
            if (terms.Count > 1) return ExerciseResult.Right($"At index {index} the logs have entries of terms {string.Join(" and ", terms.Order())}. Neither can be committed yet.");
        }

        return ExerciseResult.NotYet("Wherever two of the logs have an entry, it is of the same term. A leader has to take a command that reaches nobody, and another leader a command at the same index.");
    }

    private static ExerciseResult NoLeader(string when, ulong seed, int seconds) => ExerciseResult.NotYet(string.Create(CultureInfo.InvariantCulture,
        $"Seed {seed}: no leader {when}, {seconds} s long. A candidate must get its votes, two messages away, before the next one stands."));
}
