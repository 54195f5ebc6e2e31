using Workbook.Benchmarks;

switch (args.FirstOrDefault())
{
    case "sim":
        SimBenchmark.Run();
        return 0;
    case "live":
        await LiveBenchmark.Run();
        return 0;
    default:
        Console.Error.WriteLine("Say which: sim, live.");
        return 2;
}
