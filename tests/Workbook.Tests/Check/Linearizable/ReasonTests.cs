using Workbook.Check;

namespace Workbook.Tests.Check.Linearizable;

/// <summary>A no comes with one sentence that is true, names the clients, and says what cannot be.</summary>
public sealed class ReasonTests
{
    [Theory]
    [InlineData("register", "c1 1-2 write x 1; c2 3-4 read x = 2",
        "Rx2 of client c2 saw 2, which nothing writes to x.")]
    [InlineData("register", "c1 1-2 write x 1; c1 3-4 write x 2; c2 5-6 read x = 1",
        "Wx1 before Wx2 (time), Wx2 before Rx1 (time), Rx1 before Wx2 (value): that goes round in a circle.")]
    [InlineData("register", "c1 1-2 write x 1; c2 3-4 read x",
        "Wx1 before Rxnil (time), Rxnil before Wx1 (value): that goes round in a circle.")]
    [InlineData("cas-register", "c1 1-2 write x 1; c2 3-4 cas x 1 2 = true; c3 3-4 cas x 1 3 = true",
        "Wx1 before cas(x, 1, 3) = true (time), Wx1 before cas(x, 1, 2) = true (time), cas(x, 1, 2) = true before cas(x, 1, 3) = true (value), "
        + "cas(x, 1, 3) = true before cas(x, 1, 2) = true (value): that goes round in a circle.")]
    [InlineData("cas-register", "c1 1-2 write x 1; c2 3-4 cas x 2 3 = true",
        "cas(x, 2, 3) = true of client c2 saw 2, which nothing writes to x.")]
    [InlineData("cas-register", "c1 1-2 write x 1; c2 3-4 cas x 1 2 = false",
        "No order has a place for cas(x, 1, 2) = false of client c2: whatever the order of what came before, the register x holds 1 by then.")]
    [InlineData("kv", "c1 1-2 append x a; c2 3-4 append x b; c3 5-6 get x = ba",
        "append(x, a) of client c1 had returned before append(x, b) of client c2 was called, but what get(x) of client c3 returned has them the "
        + "other way round.")]
    [InlineData("kv", "c1 1-2 append x a; c3 5-6 get x = aa",
        "append(x, a) of client c1 was called once, but what get(x) of client c3 returned has it twice.")]
    [InlineData("kv", "c1 1-2 append x a; c3 5-6 get x = az",
        "What get(x) of client c3 returned has “z” in it, which nothing put or appended there.")]
    [InlineData("kv", "c1 1-2 append x a; c3 5-6 get x =",
        "append(x, a) of client c1 had returned before get(x) of client c3 was called, but is not in what that returned.")]
    [InlineData("kv", "c1 1-9 append x a; c2 2-3 get x = a; c3 5-6 get x =",
        "append(x, a) of client c1 is in what client c2's get returned before get(x) of client c3 was called, but not in what that returned.")]
    [InlineData("kv", "c3 1-2 get x = a; c1 3-4 append x a",
        "append(x, a) of client c1 was called only after get(x) of client c3 had returned it.")]
    [InlineData("kv", "c1 1-2 put x a; c2 3-4 put y b; c3 5-6 get y = a",
        "get(y) = a of client c3 saw a, which nothing writes to y.")]
    [InlineData("counter", "c1 1-2 increment; c2 3-4 increment; c3 5-6 read = 1",
        "No order has a place for read() = 1 of client c3: whatever the order of what came before, the counter stands at 2 by then.")]
    [InlineData("counter", "c1 1-9 increment; c2 1-9 increment; c3 2-3 read = 1; c4 4-5 read = 0",
        "No order has a place for read() = 0 of client c4: whatever the order of what came before, the counter stands at 1 or stands at 2 by then.")]
    [InlineData("queue", "c1 1-2 enqueue a; c1 3-4 enqueue b; c2 5-6 dequeue = b",
        "No order has a place for dequeue() = b of client c2: whatever the order of what came before, the queue holds [a b] by then.")]
    [InlineData("queue", "c1 1-2 enqueue a; c2 3-4 dequeue = a; c3 5-6 dequeue = a",
        "No order has a place for dequeue() = a of client c3: whatever the order of what came before, the queue is empty by then.")]
    [InlineData("queue", "c1 1-2 enqueue a; c2 3-4 dequeue",
        "No order has a place for dequeue() = nil of client c2: whatever the order of what came before, the queue holds [a] by then.")]
    [InlineData("set", "c1 1-2 add a; c2 3-4 contains a = false",
        "No order has a place for contains(a) = false of client c2: whatever the order of what came before, the set holds {a} by then.")]
    [InlineData("set", "c1 1-2 add a; c1 3-4 remove a; c2 5-6 contains a = true",
        "No order has a place for contains(a) = true of client c2: whatever the order of what came before, the set is empty by then.")]
    [InlineData("lock", "c1 1-2 acquire; c2 3-4 acquire",
        "No order has a place for acquire() of client c2: whatever the order of what came before, the lock is held by c1 by then.")]
    [InlineData("lock", "c1 1-2 acquire; c2 3-4 release",
        "No order has a place for release() of client c2: whatever the order of what came before, the lock is held by c1 by then.")]
    public void A_no_says_why(string model, string history, string reason)
    {
        var found = Sketch.History(history).IsLinearizable(Model.Named(model));
        Assert.Equal(Verdict.No, found.Verdict);
        Assert.Equal(reason, found.Reason);
    }
}
