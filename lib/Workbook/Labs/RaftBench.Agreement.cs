using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>What the labs ask about commands: how many servers have applied them, and whether they all agree.</summary>
public sealed partial class RaftBench
{
    private const int SnapshotInterval = 10;

    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly List<(string Command, NodeId By)> _agreed = [];
    private readonly Dictionary<NodeId, long> _applied = [];
    private readonly Dictionary<NodeId, Instant> _bootedAt = [];
    private readonly Dictionary<long, string> _snapshots = [];
    private int _from;

    /// <summary>How many servers have applied a command at that index; and the command, of which there is only one.</summary>
    public (int Servers, string? Command) Committed(long index)
    {
        var servers = 0;
        foreach (var server in Servers)
        {
            if (_applied.GetValueOrDefault(server) >= index) servers++;
        }

        return (servers, servers > 0 ? _agreed[(int)index - 1].Command : null);
    }

    /// <summary>
    /// Gives a command to whichever server leads, and waits until so many servers have applied it; its index. The test fails when that takes more than 10 s.
    /// </summary>
    /// <param name="command">The command.</param>
    /// <param name="servers">How many must have applied it.</param>
    /// <param name="retry">Whether it is given again when it does not come within 2 s: its leader may have been deposed. If not, the test fails then.</param>
    public async Task<long> One(string command, int servers, bool retry)
    {
        for (var end = Run.Now + 10.Seconds(); Run.Now < end;)
        {
            if (TryStart(command) is not { } index)
            {
                await Sleep(50.Milliseconds());
                continue;
            }

            for (var until = Run.Now + 2.Seconds(); Run.Now < until; await Sleep(20.Milliseconds()))
            {
                if (Committed(index) is { Servers: > 0 } committed && committed.Servers >= servers && committed.Command == command) return index;
            }

            if (!retry) FailToAgree(command, servers, index, "2 s");
        }

        FailToAgree(command, servers, null, "10 s");
        return 0;
    }

    /// <summary>Waits until so many servers have applied the index; the command there, or null once a server has left <paramref name="term"/>.</summary>
    public async Task<string?> Wait(long index, int servers, long? term = null)
    {
        var pause = 10.Milliseconds();
        for (var attempt = 0; attempt < 30 && Committed(index).Servers < servers; attempt++)
        {
            await Sleep(pause);
            if (pause < 1.Seconds()) pause *= 2;
            if (term is { } then && Servers.Any(server => GetState(server).Term > then)) return null;
        }

        var (have, command) = Committed(index);
        if (have < servers) Fail("No agreement", $"index {index} was applied by {have} of the {servers} servers that should have it, however long one waits.");
        return command;
    }

    /// <summary>A command that no other is like.</summary>
    public string AnyCommand(int length = 8)
    {
        const string Letters = "abcdefghijklmnopqrstuvwxyz";
        return string.Create(length, Random, static (text, random) =>
        {
            for (var at = 0; at < text.Length; at++) text[at] = random.Pick(Letters.ToCharArray());
        });
    }

    /// <summary>Mends everything; then all servers must come to agree.</summary>
    public async Task FinalAgreement()
    {
        MendAll();
        await One("the last command", Servers.Count, retry: true);
    }

    internal void Booted(NodeId server) => (_applied[server], _bootedAt[server]) = (0, Run.Now);

    internal void Applied(NodeId server, long index, string command)
    {
        var last = _applied[server];
        if (index <= last) Report("Applied twice", $"{server} applied index {index} (“{Short(command)}”) after it had applied everything up to {last}: each index comes once.");
        else if (index != last + 1) Report("Out of order", $"{server} applied index {index} (“{Short(command)}”) right after index {last}: indices come one after the other, from 1.");
        else if (command is null || !_given.Contains(command)) Report("Unknown command", $"{server} applied “{Short(command)}” at index {index}, which nobody has asked for.");
        else if (index <= _agreed.Count && _agreed[(int)index - 1] is var (known, by) && known != command)
        {
            Report("Different commands", $"{server} applied “{Short(command)}” at index {index}, where {by} applied “{Short(known)}”.");
        }
        else
        {
            if (index > _agreed.Count) _agreed.Add((command, server));
            _applied[server] = index;
            if (Snapshots && index % SnapshotInterval == SnapshotInterval - 1) Peer(server)!.Snapshot(index, SnapshotAt(index));
        }
    }

    internal void Restored(NodeId server, long index, string state)
    {
        var last = _applied[server];
        if (!_snapshots.TryGetValue(index, out var made)) Report("Unknown snapshot", $"{server} was handed a snapshot up to index {index}, where none was taken.");
        else if (made != state) Report("Unknown snapshot", $"{server} was handed a snapshot up to index {index} that is not the one taken there.");
        else if (index < last) Report("Back in time", $"{server} had applied everything up to {last}, and was handed the older snapshot up to {index}.");
        else
        {
            if (Run.Now > _bootedAt[server]) Came("a snapshot from the leader");
            _applied[server] = index;
        }
    }

    private string SnapshotAt(long index)
    {
        if (!_snapshots.TryGetValue(index, out var state))
        {
            _snapshots[index] = state = JsonSerializer.Serialize(_agreed.Take((int)index).Select(one => one.Command));
        }

        return state;
    }

    private long? TryStart(string command)
    {
        for (var tries = 0; tries < Servers.Count; tries++)
        {
            var server = Servers[_from = (_from + 1) % Servers.Count];
            if (IsConnected(server) && Start(server, command) is { IsLeader: true } started) return started.Index;
        }

        return null;
    }

    [DoesNotReturn]
    private void FailToAgree(string command, int servers, long? index, string time)
    {
        var place = index is { } at ? at : _agreed.FindIndex(one => one.Command == command) + 1;
        var have = place < 1 ? [] : Servers.Where(server => _applied.GetValueOrDefault(server) >= place).ToList();
        var leader = Connected.Where(server => GetState(server).IsLeader).Select(server => $"{server} leads").DefaultIfEmpty("no connected server leads").First();
        var who = have.Count == 0 ? "nobody" : place <= _agreed.Count && _agreed[(int)place - 1].Command == command ? $"only {Names(have)}" : $"another command is there; nobody";
        Fail("No agreement", $"“{Short(command)}” should have been applied by {servers} servers within {time}, and {who} applied it; {leader}, connected are {Names(Connected)}.");
    }

    private static string Short(string? command) => command is null ? "null" : command.Length > 20 ? command[..20] + "…" : command;
}
