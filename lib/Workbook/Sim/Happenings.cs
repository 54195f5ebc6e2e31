namespace Workbook.Sim;

/// <summary>What a delivery is to its receiver.</summary>
internal enum DeliveryKind
{
    Message,
    Request,
    Reply,
}

/// <summary>A message that arrives.</summary>
internal sealed class Delivery(Node from, Node to, Message message, DeliveryKind kind, long call) : SimEvent
{
    private bool _isThroughCard;

    public Node From => from;

    public Node To => to;

    public Message Message => message;

    public DeliveryKind Kind => kind;

    public long Call => call;

    public long MessageId { get; set; }

    /// <summary>Whether it answers a message: it was sent by <see cref="Sender.Reply"/>.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>For whoever watches messages: what it looked like when it was sent.</summary>
    public ulong Fingerprint { get; set; }

    /// <summary>How long the receiver's network card is busy with it.</summary>
    public TimeSpan CardTime { get; set; }

    public Delivery Again() => new(from, to, message, kind, call)
    {
        MessageId = MessageId, CardTime = CardTime, IsAnswer = IsAnswer, Fingerprint = Fingerprint
    };

    public override void Happen()
    {
        var simulation = to.Simulation;
        if (CardTime > TimeSpan.Zero && !_isThroughCard)
        {
            _isThroughCard = true;
            simulation.Schedule(to.CardIn.Serve(simulation.Now, CardTime), this);
            return;
        }

        if (to.Life is not { } life)
        {
            simulation.Record(TraceKind.Dropped, this, $"{to.Id} is down");
            return;
        }

        simulation.Network.Delivered++;
        simulation.Network.Arriving?.Invoke(this);
        simulation.Record(TraceKind.Delivered, this);
        if (!life.IsOver) life.Deliver(this);
    }
}

/// <summary>A request that somebody waits for; it happens when the time for its reply has run out.</summary>
internal sealed class PendingCall(Life life, long number) : SimEvent
{
    private readonly TaskCompletionSource<Message?> _reply = new();

    public long Number => number;

    public Task<Message?> Task => _reply.Task;

    public void Complete(Message? reply) => _reply.SetResult(reply);

    public override void Happen() => life.GiveUp(this);
}

/// <summary>The end of a sleep, or of work.</summary>
internal sealed class WakeUp(Life life) : SimEvent
{
    private readonly TaskCompletionSource _awake = new();

    public Task Task => _awake.Task;

    public override void Happen() => life.Enter(_awake.SetResult);
}

/// <summary>Code that goes on.</summary>
internal sealed class Continuation(Life life, Action code) : SimEvent
{
    public override void Happen() => life.Enter(code);
}

/// <summary>A process's timer.</summary>
internal sealed class AlarmEvent : SimEvent
{
    private readonly Node _node;
    private readonly Life _life;
    private readonly Action _action;
    private readonly string? _name;

    public AlarmEvent(Node node, Life life, Action action, string? name)
    {
        (_node, _life, _action, _name) = (node, life, action, name);
        Handle = new AlarmHandle(this);
    }

    public Alarm Handle { get; }

    private bool HasHappened { get; set; }

    public override void Happen()
    {
        HasHappened = true;
        if (_life.IsOver) return;
        if (_name is not null) _node.Simulation.Record(TraceKind.Timer, _node.Id, _name);
        _life.Enter(_action);
    }

    private sealed class AlarmHandle(AlarmEvent timer) : Alarm
    {
        public override bool IsPending => !timer.HasHappened && !timer.IsCancelled && !timer._life.IsOver;

        public override void Cancel()
        {
            if (IsPending) timer._node.Simulation.Cancel(timer);
        }
    }
}

/// <summary>A step of the script that drives the run.</summary>
internal sealed class ScriptStep(Action action) : SimEvent
{
    public override void Happen() => action();
}
