using System.Collections.Immutable;
using System.Reflection;
using System.Text;

namespace Workbook.MapReduce;

/// <summary>
/// Jobs by name: a function cannot be sent to another process, its name can. Immutable: <see cref="With(Assembly)"/> returns a new one.
/// </summary>
public sealed class JobCatalog
{
    private readonly ImmutableSortedDictionary<string, App> _apps;

    private JobCatalog(ImmutableSortedDictionary<string, App> apps) => _apps = apps;

    private sealed record App(string Name, string? Argument, Func<string, Job> Make);

    /// <summary>The jobs of this library that need no more than a line to describe. (Sorting needs the borders of its key ranges.)</summary>
    public static JobCatalog BuiltIn { get; } = new JobCatalog(ImmutableSortedDictionary.Create<string, App>(StringComparer.Ordinal)).With(
    [
        new App("wc", null, _ => Jobs.WordCount),
        new App("indexer", null, _ => Jobs.InvertedIndex),
        new App("grep", "PATTERN", Jobs.Grep),
        new App("url-count", null, _ => Jobs.UrlCount),
        new App("reverse-links", null, _ => Jobs.ReverseLinks),
    ]);

    /// <summary>The names, each with the argument that it wants: <c>grep PATTERN</c>.</summary>
    public IReadOnlyList<string> Names => [.. _apps.Values.Select(app => app.Argument is { } argument ? $"{app.Name} {argument}" : app.Name)];

    /// <summary>
    /// Adds the jobs of an assembly: the public static properties of a <see cref="Job"/> type, and the public static methods that make a job
    /// from one <see cref="string"/>. <c>WordPairs</c> gets the name <c>word-pairs</c>, and hides a job that had the name before.
    /// </summary>
    public JobCatalog With(Assembly assembly) => With(
    [
        .. assembly.GetExportedTypes().Where(type => !type.ContainsGenericParameters).SelectMany(type => type
            .GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(method => method.ReturnType.IsAssignableTo(typeof(Job)) && !method.IsGenericMethod)
            .Select(AppOf).OfType<App>()),
    ]);

    /// <summary>Adds the jobs of a compiled library, a .dll.</summary>
    /// <exception cref="MapReduceException">There is no such library, or there is no job in it.</exception>
    public JobCatalog With(string library)
    {
        try
        {
            var all = With(Assembly.LoadFrom(Path.GetFullPath(library)));
            return all._apps.Count > _apps.Count || !all._apps.SequenceEqual(_apps) ? all : throw new MapReduceException(
                $"There is no job in {library}: make it a public static property of a Job type, or a public static method from a string to a Job.");
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or ReflectionTypeLoadException or ArgumentException)
        {
            throw new MapReduceException($"The jobs of {library} cannot be loaded: {e.Message.TrimEnd('.')}. Name a .NET library, a .dll.", e);
        }
    }

    /// <summary>Finds a job by its name and, behind a space, its argument.</summary>
    /// <exception cref="MapReduceException">There is no such job, or it cannot be made; the message says what there is.</exception>
    public Job Find(string app)
    {
        var (name, argument) = app.Split(' ', 2) is [var first, var rest] ? (first, rest) : (app, null);
        if (!_apps.TryGetValue(name, out var found)) throw new MapReduceException($"There is no job named '{app}': name {Choice()}.");
        if (found.Argument is { } wanted && string.IsNullOrEmpty(argument))
        {
            throw new MapReduceException($"The job {name} wants its {wanted} behind a space: '{name} {wanted}'.");
        }

        if (found.Argument is null && argument is not null) throw new MapReduceException($"The job {name} takes nothing behind its name; it was given '{argument}'.");
        try
        {
            return found.Make(argument ?? "");
        }
        catch (Exception e) when (e is not MapReduceException)
        {
            throw new MapReduceException($"The job '{app}' cannot be made: {MapReduceException.Of((e as TargetInvocationException)?.InnerException ?? e)}.", e);
        }
    }

    private string Choice() => $"{string.Join(", ", Names.SkipLast(1))} or {Names[^1]}";

    private static App? AppOf(MethodInfo method) => method.GetParameters() switch
    {
        [] when method.IsSpecialName => new App(NameOf(method.Name["get_".Length..]), null, _ => (Job)method.Invoke(null, null)!),
        [{ } one] when one.ParameterType == typeof(string) && !method.IsSpecialName =>
            new App(NameOf(method.Name), one.Name!.ToUpperInvariant(), argument => (Job)method.Invoke(null, [argument])!),
        _ => null,
    };

    private static string NameOf(string member)
    {
        var name = new StringBuilder();
        foreach (var letter in member)
        {
            if (char.IsUpper(letter) && name.Length > 0) name.Append('-');
            name.Append(char.ToLowerInvariant(letter));
        }

        return name.ToString();
    }

    private JobCatalog With(IReadOnlyList<App> apps) => new(_apps.SetItems(apps.Select(app => KeyValuePair.Create(app.Name, app))));
}
