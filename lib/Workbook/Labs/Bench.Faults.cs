using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>What goes wrong around the servers, because the test says so.</summary>
public abstract partial class Bench
{
    private readonly HashSet<NodeId> _disconnected = [];
    private readonly List<LabStep> _steps = [];
    private int _next;

    /// <summary>A network that loses nothing; about 1 ms a message.</summary>
    public static NetworkOptions Reliable { get; } = new();

    /// <summary>The labs' unreliable network: one message in ten is lost, requests and replies alike, and all take up to 27 ms.</summary>
    public static NetworkOptions Unreliable { get; } = new() { Delay = Delay.Uniform(0.5.Milliseconds(), 27.Milliseconds()), Loss = 0.1 };

    /// <summary>
    /// The labs' long reordering: on top of <see cref="Unreliable"/>, two of three answers come 0.2 to 2.2 s later, so that a leader hears of terms long past.
    /// </summary>
    public static NetworkOptions LongReordering { get; } =
        Unreliable with { AnswerReordering = 2.0 / 3, Straggling = Delay.Uniform(200.Milliseconds(), 2200.Milliseconds()) };

    /// <summary>Changes the network from now on.</summary>
    public void Use(NetworkOptions network) => Run.Network.Options = network;

    /// <summary>Whether the server is up and can reach others.</summary>
    public bool IsConnected(NodeId server) => Run[server].IsUp && !_disconnected.Contains(server);

    /// <summary>Cuts the server off from all others.</summary>
    public void Disconnect(params IEnumerable<NodeId> servers)
    {
        foreach (var server in servers)
        {
            if (!_disconnected.Contains(server) && Step($"disconnect {server}")) Isolate(server);
        }
    }

    /// <summary>Ends a <see cref="Disconnect"/>.</summary>
    public void Connect(params IEnumerable<NodeId> servers)
    {
        foreach (var server in servers)
        {
            if (!_disconnected.Contains(server) || !Step($"connect {server}")) continue;
            _disconnected.Remove(server);
            Run.Network.Heal($"{server} alone");
        }
    }

    /// <summary>Stops the server; its disk stays. The server is as connected afterwards as before.</summary>
    public void Crash(params IEnumerable<NodeId> servers)
    {
        foreach (var server in servers)
        {
            if (Run[server].IsUp && Step($"crash {server}")) Run.Crash(server);
        }
    }

    /// <summary>Boots the server from its disk; one that is up is stopped first.</summary>
    public void Restart(params IEnumerable<NodeId> servers)
    {
        foreach (var server in servers)
        {
            if (!Step($"restart {server}")) continue;
            Run.Crash(server);
            Run.Restart(server);
        }
    }

    /// <summary>The rounds of a test's loop, from 0, except those that are left out.</summary>
    public IEnumerable<int> Rounds(int count)
    {
        var draws = Random;
        for (var round = 0; round < count; round++)
        {
            if (!Step($"round {round + 1}")) continue;
            Random = draws.Fork(round);
            yield return round;
        }

        Random = draws;
    }

    /// <summary>All servers up and connected, and a network that loses nothing.</summary>
    public void MendAll()
    {
        Use(Reliable);
        Restart(Servers.Where(server => !Run[server].IsUp));
        Connect(Servers);
    }

    /// <summary>Numbers what the test does, and says whether this is done; in a smaller run it may be left out.</summary>
    protected bool Step(string what) => Step(_next++, what);

    /// <summary>
    /// The same with a number of its own, for what goes on beside the test's main course: left-out steps there must not move the numbers of the others.
    /// </summary>
    /// <param name="number">A number that no other step of the test has; those of the main course begin at 0.</param>
    /// <param name="what">What is done.</param>
    internal bool Step(int number, string what)
    {
        if (Setting.LeftOut.Contains(number)) return false;
        _steps.Add(new LabStep(Run.Now.SinceStart, number, what));
        return true;
    }

    /// <summary>What was left out already, and all steps so far but those that are kept.</summary>
    private HashSet<int> LeftOut(IEnumerable<PlannedFault> kept) =>
        [.. Setting.LeftOut, .. _steps.Select(step => step.Number).Except(kept.OfType<LabStep>().Select(step => step.Number))];

    private void Isolate(NodeId server)
    {
        _disconnected.Add(server);
        Run.Network.Isolate(server);
    }
}
