using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Workbook.Benchmarks;

/// <summary>
/// igraph's PageRank of the same links, if a Python has it (<c>apt-get install python3-igraph</c>). Up to 0.9 it has a power iteration, which is given as many
/// rounds as ours; later ones have only ARPACK's eigenvalue iteration and PRPACK's direct solution, which are timed to their end.
/// </summary>
internal static class Igraph
{
    private const string Program = """
        import array, sys, time, igraph
        path, nodes, rounds = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
        with open(path, 'rb') as file: ends = array.array('i', file.read())
        graph = igraph.Graph(n=nodes, edges=list(zip(ends[1::2], ends[0::2])), directed=True)
        def timed(name, **options):
            start = time.time()
            graph.pagerank(implementation=name, **options)
            return 1000 * (time.time() - start)
        try:
            print(f"igraph {igraph.__version__}, power iteration: {timed('power', niter=rounds, eps=0) / rounds:.0f} ms a round")
        except Exception:
            print(f"igraph {igraph.__version__} has no power iteration any more; to the end ARPACK took {timed('arpack'):.0f} ms, PRPACK {timed('prpack'):.0f} ms")
        """;

    /// <summary>What igraph took, in a sentence, or why it was not asked.</summary>
    public static string Ranks(long[] links, int nodes, int rounds)
    {
        var file = Path.GetTempFileName();
        try
        {
            using (var to = File.Create(file))
            {
                foreach (var some in links.Chunk(1 << 20)) to.Write(MemoryMarshal.AsBytes(some.AsSpan()));
            }

            // The python3 of a version manager does not see what the system's package manager has installed.
            foreach (var python in (string[])["python3", "/usr/bin/python3"])
            {
                if (Asked(python, file, nodes, rounds) is { } answer) return answer;
            }

            return "igraph was left out: no python3 here can import it.";
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string? Asked(string python, string file, int nodes, int rounds)
    {
        string[] arguments = ["-c", Program, file, nodes.ToString(CultureInfo.InvariantCulture), rounds.ToString(CultureInfo.InvariantCulture)];
        try
        {
            using var process = Process.Start(new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            _ = process.StandardError.ReadToEndAsync();
            var answer = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? answer : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
