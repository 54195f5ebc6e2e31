using Workbook.Sim;

namespace Workbook.Tests.Sim;

internal sealed record Ping(int Number) : Message;

internal sealed record Pong(int Number) : Message;

/// <summary>Answers pings, and counts them.</summary>
internal sealed class PongServer : Process
{
    public int Pings { get; private set; }

    protected override void Receive(Message message, Sender from)
    {
        if (message is not Ping ping) return;
        Pings++;
        from.Reply(new Pong(ping.Number));
    }
}

/// <summary>Sends one ping after the other and notes how each fared.</summary>
internal sealed class PingClient(NodeId server, int pings, TimeSpan timeout) : Process
{
    public List<int?> Answers { get; } = [];

    public int Messages { get; private set; }

    protected override void Start() => Spawn(async () =>
    {
        for (var number = 0; number < pings; number++)
        {
            var pong = await Call<Pong>(server, new Ping(number), timeout);
            Answers.Add(pong?.Number);
        }
    });

    protected override void Receive(Message message, Sender from) => Messages++;
}

/// <summary>Runs one piece of code at boot: the shortest way to say what a test is about.</summary>
internal sealed class Script(Func<Script, Task> code, Action<Script, Message, Sender>? receive = null) : Process
{
    public new IDisk Disk => base.Disk;

    public new Instant Now => base.Now;

    public new Rng Random => base.Random;

    public new Task Sleep(TimeSpan length) => base.Sleep(length);

    public new Task Work(TimeSpan length) => base.Work(length);

    public new Task Transfer(long bytes) => base.Transfer(bytes);

    public new void Send(NodeId to, Message message) => base.Send(to, message);

    public new Task<T?> Call<T>(NodeId to, Message message, TimeSpan timeout) where T : Message => base.Call<T>(to, message, timeout);

    public new Alarm After(TimeSpan delay, Action action, string? name = null) => base.After(delay, action, name);

    public new void Note(string text) => base.Note(text);

    public new void Halt(string why) => base.Halt(why);

    public new void Spawn(Func<Task> more) => base.Spawn(more);

    public static new void Believe(bool belief, string text) => Process.Believe(belief, text);

    protected override void Start() => Spawn(() => code(this));

    protected override void Receive(Message message, Sender from) => receive?.Invoke(this, message, from);
}
