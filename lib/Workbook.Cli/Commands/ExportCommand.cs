using System.CommandLine;
using Workbook.Site.Exporting;
using Workbook.Site.Notebooks;
using Workbook.Site.Publishing;

namespace Workbook.Cli.Commands;

/// <summary><c>workbook export FILE</c>: writes a notebook as a program that <c>dotnet run NAME.cs</c> runs.</summary>
internal static class ExportCommand
{
    private const int BadInput = 2;
    private const int Interrupted = 130;

    internal static Command Create()
    {
        var file = new Argument<string>("file") { Description = "The notebook, an .ipynb file." };
        var output = new Option<string?>("--output", "-o") { Description = "The program's file, or its folder. Default: NAME.cs in the working directory.", HelpName = "OUT" };
        var ecosystem = new Option<bool>("--ecosystem") { Description = "Keep the cells that need packages from outside." };
        var force = new Option<bool>("--force") { Description = "Write over a file that is there already." };
        var command = new Command("export", "Write a notebook as a program that `dotnet run NAME.cs` runs.") { file, output, ecosystem, force };
        command.SetAction((parsed, cancellationToken) => ExportAsync(
            parsed.GetRequiredValue(file), parsed.GetValue(output), parsed.GetValue(ecosystem), parsed.GetValue(force), cancellationToken));
        return command;
    }

    private static async Task<int> ExportAsync(string file, string? output, bool withEcosystem, bool force, CancellationToken cancellationToken)
    {
        try
        {
            var notebook = NotebookFile.Read(file);
            var target = Target(notebook, output);
            var options = new ExportOptions { Output = target, Root = Root(notebook), WithEcosystem = withEcosystem };
            var program = await NotebookExporter.ExportAsync(notebook, options, cancellationToken);
            Write(target, program.Text, force);
            foreach (var notice in program.Notices)
                await Console.Error.WriteLineAsync($"{Path.GetFileName(file)}: {notice}");
            Console.WriteLine($"dotnet run {Path.GetRelativePath(Environment.CurrentDirectory, target)}");
            return 0;
        }
        catch (Exception error) when (error is NotebookException or SiteException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return BadInput;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Interrupted; nothing was written.");
            return Interrupted;
        }
    }

    private static string Target(Notebook notebook, string? output)
    {
        var path = Path.GetFullPath(output ?? ".");
        if (Directory.Exists(path))
            path = Path.Combine(path, notebook.Name + ".cs");
        return path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase)
            ? path
            : throw new SiteException($"{output} does not end in .cs, which `dotnet run` needs; give --output a name like {notebook.Name}.cs.");
    }

    /// <summary>The repository that the notebook is in; for a notebook from elsewhere, the one that the reader is in, or this program.</summary>
    private static string Root(Notebook notebook)
    {
        foreach (var folder in (string[])[Path.GetDirectoryName(notebook.Path)!, Environment.CurrentDirectory])
        {
            try
            {
                return RenderOptions.FindRoot(folder);
            }
            catch (SiteException)
            {
                // The next one may be.
            }
        }
        return RenderOptions.FindRoot(AppContext.BaseDirectory);
    }

    private static void Write(string target, string text, bool force)
    {
        try
        {
            if (File.Exists(target) && !force && File.ReadAllText(target) != text)
                throw new SiteException($"{target} is there already and is not what would be written; give another name with --output, or --force to write over it.");
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.WriteAllText(target, text);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SiteException($"{target} cannot be written: {error.Message}", error);
        }
    }
}
