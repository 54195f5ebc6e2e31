using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.RegularExpressions;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Running.Host;

/// <summary>An exception as the reader should see it: what it says, and the way to it through cells and libraries, without the machinery.</summary>
internal static partial class CellErrors
{
    private const int LongestTrace = 20;

    internal static ErrorOutput From(Exception exception)
    {
        // Wrappers that only say "look inside".
        while (exception is TargetInvocationException or AggregateException { InnerExceptions.Count: 1 } && exception.InnerException is { } inside)
            exception = inside;
        if (exception is OutOfMemoryException)
            return new ErrorOutput(NameOf(exception), "The cell needs more memory than a notebook may have here.", string.Join('\n', Frames(exception)));
        var trace = Frames(exception).ToList();
        for (var cause = exception.InnerException; cause != null; cause = cause.InnerException)
        {
            trace.Add($"because of {NameOf(cause)}: {cause.Message}");
            trace.AddRange(Frames(cause));
        }
        return new ErrorOutput(NameOf(exception), exception.Message, string.Join('\n', trace));
    }

    /// <summary>The error in one sentence, for where there is no room for more.</summary>
    internal static string Sentence(ErrorOutput error)
    {
        var message = error.Message.ReplaceLineEndings("\n").Split('\n')[0];
        var line = error.Trace.Split('\n', 2)[0];
        var place = line.StartsWith("line ", StringComparison.Ordinal) || line.Contains(", line ", StringComparison.Ordinal) ? $" ({line})" : "";
        return $"{error.Name}: {message}{place}";
    }

    private static string NameOf(Exception exception)
    {
        var type = exception.GetType();
        return type.IsGenericType ? type.Name.Split('`')[0] : type.Name;
    }

    /// <summary>The frames down to the last cell; below it is only what calls cells.</summary>
    private static IEnumerable<string> Frames(Exception exception)
    {
        var frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
        var last = Array.FindLastIndex(frames, IsCell);
        return frames.Take(last < 0 ? frames.Length : last + 1).Where(IsReaders).Select(Text).Take(LongestTrace);
    }

    private static bool IsCell(StackFrame frame) => frame.GetFileName()?.StartsWith("cell ", StringComparison.Ordinal) == true;

    private static bool IsReaders(StackFrame frame)
    {
        if (frame.GetMethod() is not { } method || method.Module.Assembly is not { } assembly)
            return false;
        if (IsCell(frame))
            return true;
        // The framework, the compiler and this program are in the default context; what `#r` names is in contexts of its own.
        return AssemblyLoadContext.GetLoadContext(assembly) != AssemblyLoadContext.Default && !method.IsDefined(typeof(StackTraceHiddenAttribute));
    }

    private static string Text(StackFrame frame)
    {
        var method = MethodName(frame.GetMethod()!);
        var file = frame.GetFileName();
        var place = file == null ? "" : $"{Path.GetFileName(file)}, line {frame.GetFileLineNumber()}";
        return (method, place) switch
        {
            ("", _) => $"at {place}",
            (_, "") => $"at {method}",
            _ => $"at {method} in {place}",
        };
    }

    /// <summary>The name that stands in the source: the compiler's names for lambdas, iterators and asynchronous methods hide it.</summary>
    private static string MethodName(MethodBase method)
    {
        var type = method.DeclaringType;
        var name = method.Name;
        while (type is { IsNested: true } && type.Name.StartsWith('<'))
        {
            if (Generated().Match(type.Name) is { Success: true, Groups: [_, { Length: > 0 } outer] } && name == "MoveNext")
                name = outer.Value;
            type = type.DeclaringType;
        }
        if (LocalFunction().Match(name) is { Success: true, Groups: [_, var local] })
            name = local.Value;
        else if (Generated().Match(name) is { Success: true, Groups: [_, var maker] })
            name = maker.Value;
        var inCell = type?.Name.StartsWith("Submission#", StringComparison.Ordinal) == true;
        if (inCell)
            return name is "<Initialize>" or "<Factory>" or ".ctor" ? "" : name;
        var typeName = type is null ? "" : type.FullName!.Replace('+', '.').Split('`')[0].Split('[')[0];
        if (SubmissionPrefix().Match(typeName) is { Success: true } prefix)
            typeName = typeName[prefix.Length..];
        return name == ".ctor" ? $"new {typeName}" : $"{typeName}.{name}";
    }

    [GeneratedRegex(@"^<(<?[^<>]*>?)>[a-z]__")]
    private static partial Regex Generated();

    [GeneratedRegex(@"^<.*>g__([^|]+)\|")]
    private static partial Regex LocalFunction();

    [GeneratedRegex(@"^Submission#\d+\.")]
    private static partial Regex SubmissionPrefix();
}
