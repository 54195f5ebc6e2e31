namespace Workbook.Site.Running.Polyglot;

/// <summary>The tool <c>dotnet-interactive</c> on this machine.</summary>
/// <param name="Program">The program to start.</param>
/// <param name="Arguments">What comes before the tool's own arguments.</param>
/// <param name="Key">Its path and its age, which change when another version is installed.</param>
internal sealed record InteractiveTool(string Program, IReadOnlyList<string> Arguments, string Key)
{
    /// <summary>
    /// The environment's variable that names the tool where it is not on the search path: a program, or a <c>.dll</c> for <c>dotnet exec</c>.
    /// </summary>
    internal const string Variable = "WORKBOOK_DOTNET_INTERACTIVE";

    private const string Name = "dotnet-interactive";

    /// <exception cref="EngineException">It is not installed.</exception>
    internal static InteractiveTool Find()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            return File.Exists(named)
                ? At(Path.GetFullPath(named))
                : throw new EngineException($"{Variable} names {named}, which is not there; name the program {Name}, or clear the variable.");
        }
        var file = OperatingSystem.IsWindows() ? Name + ".exe" : Name;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Append(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".dotnet", "tools"));
        return folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists) is { } found
            ? At(found)
            : throw new EngineException(
                $"The engine polyglot needs .NET Interactive's tool, which is not installed: `dotnet tool install -g Microsoft.{Name}` installs it.");
    }

    internal static InteractiveTool At(string file)
    {
        var key = $"polyglot {file} {File.GetLastWriteTimeUtc(file).Ticks}";
        return file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase) ? new(DotNet.Path, ["exec", file], key) : new(file, [], key);
    }
}
