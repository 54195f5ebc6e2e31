using Workbook.Benchmarks;

switch (args.FirstOrDefault())
{
    case "sim":
        SimBenchmark.Run();
        return 0;
    case "explore":
        ExploreBenchmark.Run();
        return 0;
    case "live":
        await LiveBenchmark.Run();
        return 0;
    case "wordcount":
        return WordCountBenchmark.Run(args[1..]);
    case "spark":
        return SparkBenchmark.Run(args[1..]);
    case "linearizability":
        return LinearizabilityBenchmark.Run(args[1..]);
    case "mining":
        return MiningBenchmark.Run(args[1..]);
    case "bitcoin-year":
        return BitcoinYearBenchmark.Run(args[1..]);
    case "keys":
        return KeysBenchmark.Run(args[1..]);
    case "chain":
        return ChainBenchmark.Run(args[1..]);
    default:
        Console.Error.WriteLine("Say which: wordcount, spark, sim, explore, live, linearizability, mining, bitcoin-year, keys, chain.");
        return 2;
}
