using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Workbook.Draw;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>What a replay shows of a reader's own Raft: its fields, under the names that the reader gave them.</summary>
internal static class PeerFields
{
    private const int MostItems = 60;

    private static readonly ConcurrentDictionary<Type, (string Name, FieldInfo Field)[]> Fields = new();

    public static IEnumerable<(string Field, ReplayView View)> Of(Process process)
    {
        if (process is not Replica { Raft: { } peer }) yield break;
        var (term, isLeader) = peer.GetState();
        yield return ("says", ReplayView.Text(isLeader ? $"leads term {term}" : $"term {term}", isLeader ? (int)term : null));
        foreach (var (name, field) in Fields.GetOrAdd(peer.GetType(), FieldsOf))
        {
            if (View(field.GetValue(peer)) is { } view) yield return (name, view);
        }
    }

    private static (string, FieldInfo)[] FieldsOf(Type type) => [.. Ancestry(type).Reverse()
        .SelectMany(one => one.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Select(field => (Name(field.Name), field)).Where(one => one.Item1.Length > 0).DistinctBy(one => one.Item1)];

    private static IEnumerable<Type> Ancestry(Type type)
    {
        for (var one = type; one is not null && one != typeof(RaftPeer); one = one.BaseType!) yield return one;
    }

    /// <summary><c>&lt;Term&gt;k__BackingField</c> is <c>Term</c>; what the compiler keeps of a constructor's parameters is not shown.</summary>
    private static string Name(string field) =>
        !field.StartsWith('<') ? field : field.EndsWith(">k__BackingField", StringComparison.Ordinal) ? field[1..field.IndexOf('>', StringComparison.Ordinal)] : "";

    /// <summary>Null for what has no short form: tasks, timers.</summary>
    private static ReplayView? View(object? value) => value switch
    {
        null => ReplayView.Text("none"),
        string text => ReplayView.Text(Short(text)),
        IEnumerable<LogEntry> log => ReplayView.Log(log.Select(entry => new LogCell(entry.Term, Short(entry.Command)))),
        IDictionary map => ReplayView.List([.. map.Keys.Cast<object>().OrderBy(key => $"{key}", StringComparer.Ordinal).Take(MostItems).Select(key => $"{key}={map[key]}")]),
        IEnumerable items => ReplayView.List([.. items.Cast<object?>().Take(MostItems).Select(item => Short($"{item}"))]),
        long or int or short or byte or ulong or uint => ReplayView.Number(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        bool or Enum or NodeId or Instant or TimeSpan or double => ReplayView.Text($"{value}"),
        _ => null,
    };

    private static string Short(string text) => text.Length > 24 ? text[..24] + "…" : text;
}
