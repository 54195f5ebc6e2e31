using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Workbook.Site.Exporting;
using Workbook.Site.Notebooks;
using Workbook.Site.Publishing;
using Workbook.Site.Tests.Running;
using Xunit;

namespace Workbook.Site.Tests.Exporting;

/// <summary>Exports sketches, and runs what came of them without the SDK, which takes seconds.</summary>
internal static class Exports
{
    internal static string Root { get; } = RenderOptions.FindRoot(AppContext.BaseDirectory);

    internal static string Library { get; } = Path.Combine(Root, "lib", "Workbook", "bin", "Release", "net10.0", "Workbook.dll");

    internal static Task<ExportedProgram> ExportAsync(TemporaryFolder folder, params string[] sources) =>
        ExportAsync(folder, withEcosystem: false, Sketch.Of(folder.Path, sources));

    internal static Task<ExportedProgram> ExportAsync(TemporaryFolder folder, bool withEcosystem, Notebook notebook)
    {
        var options = new ExportOptions { Output = Path.Combine(folder.Path, "sketch.cs"), Root = Root, WithEcosystem = withEcosystem };
        return NotebookExporter.ExportAsync(notebook, options, TestContext.Current.CancellationToken);
    }

    /// <summary>The compiler's errors in a program.</summary>
    internal static IEnumerable<string> Errors(string program) => ProgramCheck.Compile(program, [Library])
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString());

    /// <summary>Exports a sketch of which nothing may be left out, runs it, and gives what it prints.</summary>
    internal static async Task<string> RunAsync(TemporaryFolder folder, params string[] sources)
    {
        var program = await ExportAsync(folder, sources);
        Assert.Empty(program.Notices);
        return await RunProgramAsync(folder, program.Text);
    }

    internal static async Task<string> RunProgramAsync(TemporaryFolder folder, string program)
    {
        var file = Programs.Compile(Path.Combine(folder.Path, "run", "sketch.dll"), program, Library);
        var (exitCode, output, errors) = await Programs.RunAsync(file, folder.Path, "--no-browser");
        Assert.True(exitCode == 0, $"{errors}\n{program}");
        return output;
    }
}

/// <summary>Compiles small programs and runs them with <c>dotnet exec</c>.</summary>
internal static class Programs
{
    internal static string Compile(string path, string source, params string[] libraries)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var parsing = new CSharpParseOptions(LanguageVersion.Latest).WithFeatures([new("FileBasedProgram", "true")]);
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path), [CSharpSyntaxTree.ParseText(source, parsing, cancellationToken: TestContext.Current.CancellationToken)],
            Framework.References.Concat(libraries.Select(Framework.Reference)), new CSharpCompilationOptions(OutputKind.ConsoleApplication));
        var result = compilation.Emit(path, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        foreach (var library in libraries)
            File.Copy(library, Path.Combine(Path.GetDirectoryName(path)!, Path.GetFileName(library)), overwrite: true);
        var settings = new JsonObject
        {
            ["runtimeOptions"] = new JsonObject
            {
                ["tfm"] = "net10.0",
                ["framework"] = new JsonObject { ["name"] = "Microsoft.NETCore.App", ["version"] = Environment.Version.ToString() },
                ["configProperties"] = new JsonObject { ["System.Globalization.Invariant"] = true },
            },
        };
        File.WriteAllText(Path.ChangeExtension(path, ".runtimeconfig.json"), settings.ToJsonString());
        return path;
    }

    internal static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, string folder, params string[] arguments)
    {
        var info = new ProcessStartInfo("dotnet") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["exec", program, .. arguments])
            info.ArgumentList.Add(argument);
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, (await output).ReplaceLineEndings("\n"), await errors);
    }
}
