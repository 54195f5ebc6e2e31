using Workbook.Sim;

namespace Workbook.Raft;

/// <summary>What a leader knows of one other server: Figure 2's <c>nextIndex</c> and <c>matchIndex</c>, and what reads need.</summary>
public sealed class Follower(NodeId id)
{
    /// <summary>The server.</summary>
    public NodeId Id { get; } = id;

    /// <summary>The index of the next entry to send; runs ahead of replies while all goes well.</summary>
    public long NextIndex { get; internal set; }

    /// <summary>The highest index known to be replicated there.</summary>
    public long MatchIndex { get; internal set; }

    /// <summary>The latest broadcast that it has answered in this term.</summary>
    public long AnsweredRound { get; internal set; }

    /// <summary>Set by a refusal: nothing runs ahead until the logs are known to meet.</summary>
    internal bool IsProbed { get; set; }

    /// <summary><c>s2 next 7 match 6</c></summary>
    public override string ToString() => $"{Id} next {NextIndex} match {MatchIndex}";
}
