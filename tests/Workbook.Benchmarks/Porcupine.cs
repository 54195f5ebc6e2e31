using System.Diagnostics;
using System.Globalization;

namespace Workbook.Benchmarks;

/// <summary>Porcupine, compiled by Go from the reader's own copy of its sources.</summary>
internal sealed class Porcupine
{
    private readonly string _program;

    private Porcupine(string program) => _program = program;

    /// <summary>Compiles it; null, and a line that says why, when that does not work here.</summary>
    public static Porcupine? Build(string folder, string sources)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, "porcupine")).FullName;
        File.Copy(Path.Combine(AppContext.BaseDirectory, "porcupine", "main.go"), Path.Combine(target, "main.go"));
        File.WriteAllText(Path.Combine(target, "go.mod"), $"""
            module compare

            go 1.19

            require github.com/anishathalye/porcupine v0.0.0

            replace github.com/anishathalye/porcupine => {Path.GetFullPath(sources)}

            """);
        try
        {
            Start("go", target, cores: null, "build", "-o", "compare", ".");
            return new(Path.Combine(target, "compare"));
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Console.WriteLine($"Porcupine does not take part: {e.Message}");
            return null;
        }
    }

    /// <summary>Its verdicts on the histories, and the least time of several runs of each.</summary>
    public List<(string Verdict, TimeSpan Time)> Run(IEnumerable<string> files, int cores, int runs, TimeSpan limit)
    {
        var printed = Start(_program, Path.GetDirectoryName(_program)!, cores, [runs.ToString(CultureInfo.InvariantCulture), $"{limit.TotalSeconds}s", .. files]);
        return [.. printed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(field => (
            field[1] switch { "Ok" => "yes", "Illegal" => "no", _ => "unknown" },
            TimeSpan.FromMicroseconds(double.Parse(field[2], CultureInfo.InvariantCulture) / 1000)))];
    }

    private static string Start(string program, string folder, int? cores, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        if (cores is { } count) start.Environment["GOMAXPROCS"] = count.ToString(CultureInfo.InvariantCulture);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}.");
    }
}
