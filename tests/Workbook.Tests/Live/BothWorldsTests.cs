using System.Globalization;
using System.Text;
using Workbook.Live;
using Workbook.Sim;

namespace Workbook.Tests.Live;

/// <summary>The same classes in the simulator and for real.</summary>
public sealed class BothWorldsTests
{
    private const int Clients = 4;
    private const int Deposits = 25;

    internal sealed record Deposit(NodeId Account, int Amount, int Number) : Message;

    internal sealed record DepositReply(int Balance) : Message;

    /// <summary>Keeps balances on its disk, and does each numbered deposit once, however often it comes.</summary>
    internal sealed class Bank : Process
    {
        private readonly SortedDictionary<string, (int Balance, int Done)> _accounts = new(StringComparer.Ordinal);

        protected override void Start()
        {
            foreach (var file in Disk.Files())
            {
                var parts = Encoding.UTF8.GetString(Disk.Read(file)!).Split(' ');
                _accounts[file] = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
            }
        }

        protected override void Receive(Message message, Sender from)
        {
            if (message is not Deposit deposit) return;
            var (balance, done) = _accounts.GetValueOrDefault(deposit.Account.Name);
            if (deposit.Number > done)
            {
                (balance, done) = _accounts[deposit.Account.Name] = (balance + deposit.Amount, deposit.Number);
                Disk.Write(deposit.Account.Name, Encoding.UTF8.GetBytes($"{balance} {done}"));
                Disk.Flush();
            }

            from.Reply(new DepositReply(balance));
        }
    }

    /// <summary>Makes its deposits one after the other, each until it is answered.</summary>
    internal sealed class Depositor(NodeId bank, string account, TimeSpan patience, Action<string> done) : Process
    {
        protected override void Start() => Spawn(async () =>
        {
            var balances = new List<int>();
            for (var number = 1; number <= Deposits; number++)
            {
                DepositReply? reply = null;
                while (reply is null) reply = await Call<DepositReply>(bank, new Deposit(account, 1 + number % 3, number), patience);
                balances.Add(reply.Balance);
                await Sleep(Random.Next(TimeSpan.Zero, 1.Milliseconds()));
            }

            done($"{account}: {string.Join(' ', balances)}");
        });

        protected override void Receive(Message message, Sender from)
        {
        }
    }

    [Fact]
    public async Task Give_the_same_answers_though_the_bank_goes_down_in_the_middle()
    {
        var simulated = Simulated();
        Assert.Equal(Clients, simulated.Count);
        Assert.Equal(simulated, await Real());
    }

    private static List<string> Simulated()
    {
        var answers = new List<string>();
        var run = new Simulation(seed: 11, new NetworkOptions { Loss = 0.05 });
        run.Add("bank", () => new Bank());
        for (var client = 0; client < Clients; client++)
        {
            var account = $"account{client}";
            run.Add($"client{client}", () => new Depositor("bank", account, 20.Milliseconds(), answers.Add));
        }

        run.RunFor(40.Milliseconds());
        run.Crash("bank").RunFor(50.Milliseconds());
        Assert.Empty(answers);
        run.Restart("bank").RunFor(10.Seconds());
        return [.. answers.Order(StringComparer.Ordinal)];
    }

    private static async Task<List<string>> Real()
    {
        var folder = Directory.CreateTempSubdirectory("bank").FullName;
        var answers = Enumerable.Range(0, Clients).Select(_ => new TaskCompletionSource<string>()).ToArray();
        await using (var cluster = new LiveCluster())
        {
            var bank = cluster.Start(new Bank(), new LiveOptions { Folder = folder });
            for (var client = 0; client < Clients; client++)
            {
                cluster.Start(new Depositor(bank.Self, $"account{client}", 50.Milliseconds(), answers[client].SetResult));
            }

            await LiveNodeTests.Eventually(() => Directory.GetFiles(folder, "account*").Length == Clients);
            await cluster.Stop(bank);
            cluster.Start(new Bank(), new LiveOptions { Folder = folder, Port = bank.Address.Port });
            await Task.WhenAll(answers.Select(answer => answer.Task)).WaitAsync(LiveCluster.Patience);
        }

        Directory.Delete(folder, recursive: true);
        return [.. answers.Select(answer => answer.Task.Result).Order(StringComparer.Ordinal)];
    }
}
