namespace Workbook.Sim;

/// <summary>What a delivery is to its receiver.</summary>
internal enum DeliveryKind
{
    Message,
    Request,
    Reply,
}

/// <summary>A message that arrives.</summary>
internal sealed class Delivery(Link link, Message message, DeliveryKind kind, long call) : SimEvent
{
    private bool _isThroughCard;

    public Link Link => link;

    public Node From => link.From;

    public Node To => link.To;

    public override Node? Node => link.To;

    public override Lane Lane => link.Lane;

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

    public Delivery Again() => new(link, message, kind, call)
    {
        MessageId = MessageId,
        CardTime = CardTime,
        IsAnswer = IsAnswer,
        Fingerprint = Fingerprint
    };

    public override void Happen()
    {
        var (to, simulation) = (link.To, link.To.Simulation);
        if (CardTime > TimeSpan.Zero && !_isThroughCard)
        {
            _isThroughCard = true;
            simulation.Plan(to.CardIn.Serve(simulation.Now, CardTime), this);
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
    public override Node TimedBy => life.Node;

    private readonly TaskCompletionSource<Message?> _reply = new();

    public long Number => number;

    public override Node? Node => life.Node;

    public Task<Message?> Task => _reply.Task;

    public void Complete(Message? reply) => _reply.SetResult(reply);

    public override void Happen() => life.GiveUp(this);
}

/// <summary>The end of a sleep by the node's own clock, or of work, which takes the time that it takes.</summary>
internal sealed class WakeUp(Life life, bool isSleep) : SimEvent
{
    private readonly TaskCompletionSource _awake = new();

    public override Node? TimedBy => isSleep ? life.Node : null;

    public override Lane Lane => life.Node.Lane;

    public Task Task => _awake.Task;

    public override Node? Node => life.Node;

    public override void Happen() => life.Enter(_awake.SetResult);
}

/// <summary>Code that goes on, at the same point in time.</summary>
internal sealed class Continuation(Life life, Action code) : SimEvent
{
    public override Node? Node => life.Node;

    public override void Happen() => life.Enter(code);
}

/// <summary>A process's timer.</summary>
internal sealed class AlarmEvent : SimEvent
{
    private readonly Life _life;
    private readonly Action _action;
    private readonly string? _name;

    public AlarmEvent(Life life, Action action, string? name)
    {
        (_life, _action, _name) = (life, action, name);
        Handle = new AlarmHandle(this);
    }

    public Alarm Handle { get; }

    public override Node TimedBy => _life.Node;

    /// <summary>What the timer does, and its name, if it has one.</summary>
    public (Action Action, string? Name) Timer => (_action, _name);

    public override Node? Node => _life.Node;

    public override void Happen()
    {
        if (_life.IsOver) return;
        if (_name is not null) _life.Node.Simulation.Record(TraceKind.Timer, _life.Node.Id, _name);
        _life.Enter(_action);
    }

    private sealed class AlarmHandle(AlarmEvent timer) : Alarm
    {
        public override bool IsPending => timer.IsPlanned && !timer._life.IsOver;

        public override void Cancel()
        {
            if (IsPending) timer._life.Node.Simulation.Cancel(timer);
        }

        public override void Restart(TimeSpan delay) => timer._life.Replan(timer, delay);
    }
}

/// <summary>A step of the script that drives the run.</summary>
internal sealed class ScriptStep(Action action) : SimEvent
{
    public override void Happen() => action();
}
