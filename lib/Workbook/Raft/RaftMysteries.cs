using Workbook.Check;
using Workbook.Parts;
using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>Rafts with a precaution missing, for readers who are to find out which. What is missing stands at the end of this file.</summary>
public static class RaftMysteries
{
    /// <summary>A run of the numbered Raft.</summary>
    /// <param name="number">1 or 2.</param>
    /// <param name="schedule">Decides the run; a seed is one.</param>
    public static SceneRun Run(int number, Schedule schedule) => Of(number).Run(schedule);

    /// <summary>Whether that precaution is the one that is missing.</summary>
    /// <param name="number">1 or 2.</param>
    /// <param name="answer">The name of a member of <see cref="RaftRules"/>.</param>
    public static ExerciseResult Check(int number, string answer)
    {
        var (name, because, _) = Of(number);
        if (typeof(RaftRules).GetProperty(answer)?.PropertyType != typeof(bool)) return ExerciseResult.NotYet($"RaftRules has no rule “{answer}”; write nameof(RaftRules.…).");
        return answer == name
            ? ExerciseResult.Right(because)
            : ExerciseResult.NotYet($"With {answer} off the same seeds go wrong in another way, or not at all. Step to the event before the property broke: what did that server do that the paper forbids?");
    }

    private static (string Name, string Because, Func<Schedule, SceneRun> Run) Of(int number) => number >= 1 && number <= Answers.Length
        ? Answers[number - 1]
        : throw new ArgumentException($"There is no mystery {number}; there are {Answers.Length}.");

    private static readonly (string Name, string Because, Func<Schedule, SceneRun> Run)[] Answers =
    [
        (nameof(RaftRules.PersistLog), "A follower acknowledged entries, crashed, and came back without them. The leader had counted it.",
            schedule => RaftScenes.Chaos(schedule, RaftRules.All with { PersistLog = false })),
        (nameof(RaftRules.JointConsensus), "Old and new servers each had a majority of their own set, and both decided.",
            schedule => RaftScenes.ChangingGroup(schedule, RaftRules.All with { JointConsensus = false })),
    ];
}
