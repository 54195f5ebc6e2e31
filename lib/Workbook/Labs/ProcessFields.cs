using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using Workbook.Draw;
using Workbook.KeyValue;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>What a replay shows of a reader's own Raft, service or clerk: its fields, under the names that the reader gave them.</summary>
internal static class ProcessFields
{
    private const int MostItems = 60;

    private static readonly ConcurrentDictionary<Type, (string Name, FieldInfo Field)[]> Fields = new();

    public static IEnumerable<(string Field, ReplayView View)> Of(Process process) => process switch
    {
        Replica replica => [.. OfPeer(replica.Raft), .. OfService(replica.Service)],
        Clerk => OfReaders(process),
        _ => [],
    };

    private static IEnumerable<(string Field, ReplayView View)> OfPeer(RaftPeer peer)
    {
        // The library's own is shown by Raft's pictures.
        if (peer is RaftServer) yield break;
        var (term, isLeader) = peer.GetState();
        yield return ("says", ReplayView.Text(isLeader ? $"leads term {term}" : $"term {term}", isLeader ? (int)term : null));
        foreach (var field in OfReaders(peer)) yield return field;
    }

    private static IEnumerable<(string Field, ReplayView View)> OfService(ReplicatedService service) => service is not KeyValueServer store
        ? OfReaders(service)
        :
        [
            ("data", ReplayView.List(store.Data.Select(one => $"{one.Key}=“{Short(one.Value)}”"))),
            ("sessions", ReplayView.List(store.Sessions.Select(one => $"{one.Key}#{one.Value.Sequence}"))),
        ];

    private static IEnumerable<(string Field, ReplayView View)> OfReaders(Process process)
    {
        foreach (var (name, field) in Fields.GetOrAdd(process.GetType(), FieldsOf))
        {
            if (View(field.GetValue(process)) is { } view) yield return (name, view);
        }
    }

    private static (string, FieldInfo)[] FieldsOf(Type type) => [.. Ancestry(type).Reverse()
        .SelectMany(one => one.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Select(field => (Name(field.Name), field)).Where(one => one.Item1.Length > 0).DistinctBy(one => one.Item1)];

    /// <summary>The reader's classes, down to the first that is the library's.</summary>
    private static IEnumerable<Type> Ancestry(Type type)
    {
        for (var one = type; one.Assembly != typeof(ProcessFields).Assembly; one = one.BaseType!) yield return one;
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
