using Workbook.MapReduce.Cluster;
using Workbook.Sim;

namespace Workbook.MapReduce.Model;

/// <summary>A machine's queues.</summary>
internal sealed class ModelMachine(NodeId id, double slowness)
{
    public NodeId Id => id;

    /// <summary>How much longer its own tasks take than a healthy machine's.</summary>
    public double Slowness => slowness;

    /// <summary>The session of the process that runs on it now; what older ones wrote is lost.</summary>
    public long Session { get; set; }

    public ServiceQueue Disk { get; } = new();

    public ServiceQueue CardIn { get; } = new();

    public ServiceQueue CardOut { get; } = new();
}

/// <summary>The machines of one run, the switch between them, and the bytes that have moved.</summary>
internal sealed class ModelMachines
{
    private static readonly NodeId CoordinatorId = "coordinator";

    private readonly ServiceQueue _root = new();
    private readonly List<ModelMachine> _machines = [];
    private readonly Dictionary<NodeId, ModelMachine> _machinesById = [];
    private readonly Rng _random;
    private bool _someDied;

    public ModelMachines(ClusterModel model, Workload workload, ulong seed)
    {
        (Model, Workload, _random) = (model, workload, new Rng(seed).Fork("model"));
        Simulation = new Simulation(seed, new NetworkOptions { Delay = Delay.Constant(1.Milliseconds()) }, TraceLimit.Off);
        for (var number = 1; number <= model.Machines; number++)
        {
            var slowness = _random.Chance(model.StragglerShare)
                ? model.StragglerSlownessFrom + _random.NextDouble() * (model.StragglerSlownessTo - model.StragglerSlownessFrom)
                : 1;
            var machine = new ModelMachine($"w{number}", slowness);
            _machines.Add(machine);
            _machinesById[machine.Id] = machine;
        }
    }

    public ClusterModel Model { get; }

    public Workload Workload { get; }

    public Simulation Simulation { get; }

    public ByteCounters Bytes { get; } = new();

    public ModelMachine this[NodeId id] => _machinesById[id];

    /// <summary>Whether the map's output is still where it was reported; asked some ten million times, so not looked up while nobody has died.</summary>
    public bool Holds(MapOutput output) => !_someDied || this[output.Worker].Session == output.Session;

    public ModelMachine Any() => _random.Pick(_machines);

    public TimeSpan DrawStartUp() => (_random.NextDouble() * Model.StartUpSeconds).Seconds();

    /// <summary>When a machine's disk has moved that many bytes, after that many seeks.</summary>
    public Instant Disk(ModelMachine machine, double bytes, int seeks = 1, double slowness = 1) =>
        machine.Disk.Serve(Simulation.Now, ((seeks * Model.SeekSeconds + bytes / Model.DiskRate) * slowness).Seconds());

    /// <summary>When that many bytes have gone from one machine to the other; one byte in two crosses the root.</summary>
    public Instant Network(ModelMachine from, ModelMachine to, double bytes)
    {
        if (ReferenceEquals(from, to)) return Simulation.Now;
        Bytes.Network += bytes;
        var card = (bytes / Model.CardRate).Seconds();
        return Later(
            from.CardOut.Serve(Simulation.Now, card),
            to.CardIn.Serve(Simulation.Now, card),
            _root.Serve(Simulation.Now, (bytes / 2 / Model.RootRate).Seconds()));
    }

    public static Instant Later(params ReadOnlySpan<Instant> times)
    {
        var latest = Instant.Start;
        foreach (var time in times) latest = time > latest ? time : latest;
        return latest;
    }

    public ModelRun Run(MapReduceRules rules, int killed, TimeSpan killedAt)
    {
        var splits = Enumerable.Range(0, Workload.Maps).Select(map => new Split("input", map, (long)Workload.SplitBytes)).ToList();
        var settings = new CoordinatorSettings(new JobDescription(Workload.Name, splits, Workload.Reducers))
        {
            Rules = rules,
            PingEvery = 30.Seconds(),
            WorkerTimeout = 100.Seconds(),
            BackupWhenDone = Model.BackupWhenDone,
            MostBackups = Model.MostBackups,
            Replicas = [.. splits.Select(_ => Enumerable.Range(0, Model.InputCopies).Select(_ => Any().Id).ToList())],
        };
        var coordinator = new MapReduceCoordinator(settings);
        Simulation.Add(CoordinatorId, () => coordinator);
        foreach (var machine in _machines) Simulation.Add(machine.Id, () => new ModelWorker(this, CoordinatorId));
        if (killed > 0) Simulation.At(killedAt, () => Kill(killed));
        if (!Simulation.RunUntil(() => coordinator.IsDone, 24.Hours()))
        {
            throw new InvalidOperationException($"The job is not done after a day of virtual time: {coordinator.ReducesDone} of {Workload.Reducers} reduces are.");
        }

        return new ModelRun(Model, Workload, Simulation.Now.SinceStart, coordinator.Attempts, Bytes);
    }

    private void Kill(int count)
    {
        _someDied = true;
        var victims = _machines.ToArray();
        _random.Shuffle(victims.AsSpan());
        foreach (var victim in victims.Take(count)) Simulation.Crash(victim.Id).Restart(victim.Id);
    }
}
