using Workbook.KeyValue;
using Workbook.Labs;
using Workbook.Raft;
using Workbook.Sim;

namespace Workbook.Tests.Labs;

/// <summary>What readers' servers and clerks do in lab 3: each ends its test with a sentence, and stands on the Raft of lab 2 as well.</summary>
public sealed class WrongStoreTests
{
    [Fact]
    public void The_library_s_store_passes_on_a_Raft_that_is_not_the_library_s()
    {
        var report = Lab3.A.Test("TestPersistPartition", new LabStore { Raft = servers => new SmallRaft(servers) }).Explore(Seeds.Count(3));
        Assert.True(report.Passed, report.ToString());
    }

    [Fact]
    public void One_that_answers_before_anything_is_agreed_is_told_what_was_found()
    {
        var outcome = Lab3.A.Test("TestOnePartition", new LabStore { Server = _ => new Hasty() }).Explore(2).Outcomes[0];
        Assert.False(outcome.Passed);
        Assert.Equal("Wrong value", outcome.Smallest!.Scene.Property);
    }

    [Fact]
    public void One_that_forgets_who_has_asked_appends_twice()
    {
        var store = LabStore.On(KeyValueOptions.Lab with { Rules = KeyValueRules.All with { DuplicateTable = false } });
        var outcome = Lab3.A.Test("TestUnreliableOneKey", store).Explore(10).Outcomes[0];
        Assert.Equal("Appended twice", outcome.Smallest?.Scene.Property);
    }

    [Fact]
    public void One_that_throws_is_quoted() =>
        Assert.Contains("threw a NotSupportedException", Lab3.TestBasic(0, new LabStore { Server = _ => throw new NotSupportedException("not yet") }).Sentence);

    [Fact]
    public void One_that_never_answers_is_told_which_request_waits() =>
        Assert.Contains("c1's get(x) has been open for 15 s", Lab3.TestSpeed(0, new LabStore { Clerk = _ => new Silent() }).Sentence);

    [Fact]
    public void A_clerk_that_is_made_of_nothing_is_told() =>
        Assert.Contains("No clerk was made", Lab3.TestSpeed(0, new LabStore { Clerk = _ => null! }).Sentence);

    private sealed class Hasty : ReplicatedService
    {
        protected override void Receive(Message message, Sender from) =>
            from.Reply(new KeyValueReply(Raft.Start(Command.Of((KeyValueRequest)message)).IsLeader ? Err.Ok : Err.WrongLeader));

        protected internal override void Applied(long index, string command)
        {
        }
    }

    private sealed class Silent : Clerk
    {
        public override Task<string> Get(string key) => new TaskCompletionSource<string>().Task;

        public override Task Put(string key, string value) => Get(key);

        public override Task Append(string key, string value) => Get(key);
    }
}
