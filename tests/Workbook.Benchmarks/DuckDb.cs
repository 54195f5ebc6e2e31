using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Workbook.Benchmarks;

/// <summary>DuckDB, a database that is good at this, through its npm package, which is installed into a temporary folder.</summary>
internal sealed class DuckDb
{
    private readonly string _folder;

    private DuckDb(string folder) => _folder = folder;

    /// <summary>Null, and a line that says so, when there is no node or npm here, or no network.</summary>
    public static DuckDb? Install(string folder)
    {
        var sources = Path.Combine(AppContext.BaseDirectory, "duckdb");
        var target = Directory.CreateDirectory(Path.Combine(folder, "duckdb")).FullName;
        foreach (var file in Directory.GetFiles(sources))
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        try
        {
            Start("npm", target, "install", "--no-audit", "--no-fund", "--silent");
            return new DuckDb(target);
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException)
        {
            Console.WriteLine($"DuckDB does not take part: {e.Message}");
            return null;
        }
    }

    /// <summary>Counts the words of a file; says how long the query took.</summary>
    public Taken Run(string input, string output)
    {
        var printed = Start("node", _folder, "word-count.js", input, output, Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)).Split(' ');
        return new Taken(double.Parse(printed[0], CultureInfo.InvariantCulture), double.Parse(printed[1], CultureInfo.InvariantCulture));
    }

    private static string Start(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
