using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>A client of <see cref="StoreLoad"/>: it appends to its key and gets it, and remembers what must stand there; or to any key, like all others.</summary>
internal sealed class StoreClient(StoreBench bench, int number, int clients, bool sharesKeys, TimeSpan thought)
{
    /// <summary>Steps of clients are numbered by round, client and place, so that one left out does not move the others.</summary>
    private const int FirstStep = 1_000_000, StepsInRound = 1_000_000, StepsOfClient = 10_000;

    private readonly StoreClerk _clerk = bench.NewClerk();
    private readonly List<string> _appended = [];

    public int Number => number;

    private string Key => $"{number}";

    /// <summary>Asks for one thing after the other until the time is over.</summary>
    public async Task Work(int round, Rng random, Instant end)
    {
        var step = FirstStep + round * StepsInRound + number * StepsOfClient;
        if (!sharesKeys && bench.Step(step, $"{_clerk.Name} put {Key} “”")) await Put("");
        for (var count = 0; bench.Run.Now < end; count++)
        {
            var (what, key, pause) = (random.NextDouble(), $"{random.Next(clients)}", random.Next(TimeSpan.Zero, 2 * thought));
            await Ask(++step, what, sharesKeys ? key : Key, $"x {number} {round}.{count} y");
            await bench.Sleep(pause);
        }
    }

    /// <summary>Its own key holds what it has appended, each once and in order.</summary>
    public async Task CheckAppends()
    {
        if (sharesKeys) return;
        var found = await _clerk.Get(Key);
        Lab3.CheckAppends(bench, _clerk, Key, found, _appended, areAll: true);
    }

    private async Task Ask(int step, double what, string key, string value)
    {
        if (what < 0.5)
        {
            if (!bench.Step(step, $"{_clerk.Name} append {key} “{value}”")) return;
            await _clerk.Append(key, value);
            _appended.Add(value);
        }
        else if (what < 0.55 && sharesKeys)
        {
            if (bench.Step(step, $"{_clerk.Name} put {key} “{value}”")) await _clerk.Put(key, value);
        }
        else if (bench.Step(step, $"{_clerk.Name} get {key}"))
        {
            if (sharesKeys) await _clerk.Get(key);
            else await _clerk.Check(key, string.Concat(_appended));
        }
    }

    private async Task Put(string value)
    {
        await _clerk.Put(Key, value);
        _appended.Clear();
    }
}
