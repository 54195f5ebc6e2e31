using System.Collections.Concurrent;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Workbook.Draw;
using Workbook.Sim;

namespace Workbook.Parts;

/// <summary>
/// Where a method stands in the source, by the symbol file that the compiler puts beside the library. It reads files of the machine, which
/// nothing in a run may do; what it finds goes into pictures only.
/// </summary>
internal static class SourceLines
{
    private const int MostLines = 40;
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly string[] Roots = ["/lib/", "/tests/", "/notebooks/"];

    private static readonly ConcurrentDictionary<Assembly, MetadataReader?> Symbols = new();
    private static readonly ConcurrentDictionary<MethodBase, ReplaySource?> Places = new();
    private static readonly ConcurrentDictionary<(Type Process, Type Message), MethodInfo?> Handlers = new();

    /// <summary>The method of a process that takes in messages of a type: one made for them, otherwise the one for all.</summary>
    public static MethodInfo? Handler(Type process, Type message) => Handlers.GetOrAdd((process, message), static key =>
        Methods(key.Process).Where(method => method.GetParameters() is [var first, ..] && first.ParameterType == key.Message)
            .OrderBy(method => method.Name == "Receive" ? 0 : 1).FirstOrDefault() ?? Method(key.Process, "Receive", typeof(Message)));

    /// <summary>The method that runs when a process boots.</summary>
    public static MethodInfo? Start(Type process) => Method(process, "Start");

    /// <summary>Where the method stands, with its text if it is at hand; null without symbols.</summary>
    public static ReplaySource? Of(MethodBase? method) => method is null ? null : Places.GetOrAdd(method, static key =>
    {
        var body = key.GetCustomAttribute<StateMachineAttribute>()?.StateMachineType.GetMethod("MoveNext", Declared) ?? key;
        return Symbols.GetOrAdd(body.Module.Assembly, Open) is { } reader ? Find(reader, body, key.Name) : null;
    });

    private static MethodInfo? Method(Type process, string name, params Type[] first) => Methods(process).FirstOrDefault(method =>
        method.Name == name && method.GetParameters().Take(first.Length).Select(parameter => parameter.ParameterType).SequenceEqual(first));

    /// <summary>The methods that the process's own class declares come first.</summary>
    private static IEnumerable<MethodInfo> Methods(Type process)
    {
        for (var type = process; type is not null && type != typeof(Process); type = type.BaseType)
        {
            foreach (var method in type.GetMethods(Declared)) yield return method;
        }
    }

    private static MetadataReader? Open(Assembly assembly)
    {
        // What a notebook compiles is in no file.
        if (assembly.IsDynamic || !File.Exists(assembly.Location)) return null;
        using var image = new PEReader(File.OpenRead(assembly.Location));
        return image.TryOpenAssociatedPortablePdb(assembly.Location, path => File.Exists(path) ? File.OpenRead(path) : null, out var symbols, out _)
            ? symbols!.GetMetadataReader()
            : null;
    }

    private static ReplaySource? Find(MetadataReader reader, MethodBase method, string name)
    {
        var information = reader.GetMethodDebugInformation(MetadataTokens.MethodDefinitionHandle(method.MetadataToken & 0xFFFFFF).ToDebugInformationHandle());
        var points = information.GetSequencePoints().Where(point => !point.IsHidden).ToList();
        if (points.Count == 0) return null;
        var document = reader.GetDocument(points[0].Document);
        var path = reader.GetString(document.Name).Replace('\\', '/');
        var shown = Relative(path);
        var (first, last) = (points.Min(point => point.StartLine), points.Max(point => point.EndLine));
        if (Text(path, shown, reader.GetBlobBytes(document.Hash), method.Module.Assembly.Location) is not { } lines) return new ReplaySource(shown, first);
        first = Heading(lines, first, name);
        if (last < lines.Length && lines[last].Trim() == "}") last++;
        return new ReplaySource(shown, first) { Excerpt = Excerpt(lines, first, last) };
    }

    /// <summary>A path as seen from the top of the repository; of one that lies elsewhere only the name.</summary>
    private static string Relative(string path)
    {
        var root = Roots.Select(root => path.LastIndexOf(root, StringComparison.Ordinal)).Max();
        return root >= 0 ? path[(root + 1)..] : path[(path.LastIndexOf('/') + 1)..];
    }

    /// <summary>The lines of the very source that was compiled, where it was or above the library; null when it is not there or has changed.</summary>
    private static string[]? Text(string path, string relative, byte[] hash, string library)
    {
        var above = new List<string> { path };
        for (var folder = Path.GetDirectoryName(library); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            above.Add(Path.Combine(folder, relative));
        }

        if (above.FirstOrDefault(File.Exists) is not { } found) return null;
        var bytes = File.ReadAllBytes(found);
        return SHA256.HashData(bytes).AsSpan().SequenceEqual(hash)
            ? Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').ReplaceLineEndings("\n").Split('\n')
            : null;
    }

    /// <summary>The line with the method's name, which stands a little above its first statement; a lambda has none.</summary>
    private static int Heading(string[] lines, int first, string name)
    {
        for (var line = first; line > Math.Max(0, first - 12) && !name.Contains('<'); line--)
        {
            if (lines[line - 1].Contains($" {name}(", StringComparison.Ordinal) && !lines[line - 1].TrimEnd().EndsWith(';')) return line;
        }

        return first;
    }

    private static string Excerpt(string[] lines, int first, int last)
    {
        List<string> shown = [.. lines[(first - 1)..Math.Min(last, lines.Length)]];
        if (shown.Count > MostLines) shown = [.. shown.Take(MostLines), "…"];
        var indent = shown.Where(line => line.Trim().Length > 1).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', shown.Select(line => line.Length >= indent ? line[indent..] : line.Trim()));
    }
}
