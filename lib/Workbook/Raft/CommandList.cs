using System.Text.Json;

namespace Workbook.Raft;

/// <summary>The plainest service: it remembers the commands in the order in which they were applied, and may take a snapshot now and then.</summary>
/// <param name="snapshotEvery">A snapshot after so many commands; 0 takes none.</param>
public sealed class CommandList(int snapshotEvery = 0) : ReplicatedService
{
    private readonly List<string> _commands = [];

    /// <summary>The commands, first to last.</summary>
    public IReadOnlyList<string> Commands => _commands;

    /// <inheritdoc/>
    protected internal override void Applied(long index, string command)
    {
        _commands.Add(command);
        if (snapshotEvery > 0 && _commands.Count % snapshotEvery == 0) Raft.Snapshot(index, JsonSerializer.Serialize(_commands));
    }

    /// <inheritdoc/>
    protected internal override void Restored(long index, string state)
    {
        _commands.Clear();
        _commands.AddRange(JsonSerializer.Deserialize<List<string>>(state) ?? []);
    }

    /// <summary>It hears from nobody.</summary>
    protected override void Receive(Sim.Message message, Sim.Sender from)
    {
    }
}
