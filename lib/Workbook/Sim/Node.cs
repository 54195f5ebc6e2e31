namespace Workbook.Sim;

/// <summary>A machine in a run: its name, clock, disk, and the process on it while it is up.</summary>
public sealed class Node
{
    private readonly Simulation _simulation;
    private readonly Func<Process> _program;
    private int _boots;
    private long _lastCall;

    internal Node(Simulation simulation, NodeId id, Func<Process> program)
    {
        _simulation = simulation;
        _program = program;
        Id = id;
        Random = simulation.Random.Fork(id.Name);
        Clock = new Clock(this);
        Links = new Links(this);
        Disk = new SimulatedDisk(this, Random.Fork("disk"));
    }

    /// <summary>The node's name.</summary>
    public NodeId Id { get; }

    /// <summary>The node's own clock.</summary>
    public Clock Clock { get; }

    /// <summary>The node's disk, with its faults.</summary>
    public SimulatedDisk Disk { get; }

    /// <summary>Whether a process runs on it.</summary>
    public bool IsUp => Life is not null;

    /// <summary>Why its process halted; null when it did not, or was booted again since.</summary>
    public string? Halted { get; private set; }

    /// <summary>The process that runs on it, for looking at; null while it is down.</summary>
    public Process? Process => Life?.Process;

    /// <summary>How fast the disk moves bytes, a second; null takes no time.</summary>
    public double? DiskBytesPerSecond { get; set; }

    /// <summary>How much longer each transfer of the disk takes than its rate says.</summary>
    public TimeSpan DiskDelay { get; set; }

    internal Rng Random { get; }

    internal Life? Life { get; private set; }

    internal Links Links { get; }

    internal Lane Lane { get; } = new();

    internal ServiceQueue Processor { get; } = new();

    internal ServiceQueue DiskArm { get; } = new();

    internal ServiceQueue CardOut { get; } = new();

    internal ServiceQueue CardIn { get; } = new();

    internal Simulation Simulation => _simulation;

    /// <summary>A number for a call. It goes on through restarts, so that a late reply to a dead process is none to the next.</summary>
    internal long NextCall() => ++_lastCall;

    internal void Boot()
    {
        var life = new Life(this, Random.Fork(++_boots));
        (Life, Halted) = (life, null);
        life.Enter(() => life.Boot(_program()));
    }

    internal void Crash()
    {
        Life?.End();
        Life = null;
        Processor.Clear();
        DiskArm.Clear();
        CardOut.Clear();
        CardIn.Clear();
        Disk.Crash();
    }

    internal void Halt(string why)
    {
        Crash();
        Halted = why;
        _simulation.Fault(Id, $"halts: {why}");
    }

    public override string ToString() => IsUp ? $"{Id}" : $"{Id} (down)";
}
