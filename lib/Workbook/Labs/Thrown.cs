using System.Diagnostics;
using Workbook.Sim;

namespace Workbook.Labs;

/// <summary>Says in one sentence what a server threw, and where.</summary>
internal static class Thrown
{
    public static string Sentence(SimulationException error)
    {
        var server = error.Node.Name is null ? "a server" : error.Node.Name;
        if (error.InnerException is not { } thrown) return $"{server}: {error.Message}";
        if (thrown is ForeignThreadException) return $"{server}: {thrown.Message}.";
        return $"{server} threw {Article(thrown.GetType().Name)}{Place(thrown)}: {thrown.Message.ReplaceLineEndings(" ").TrimEnd('.')}.";
    }

    private static string Article(string name) => ("AEIOU".Contains(name[0], StringComparison.Ordinal) ? "an " : "a ") + name;

    /// <summary>The innermost method that is not the library's or .NET's own: there the reader looks first.</summary>
    private static string Place(Exception thrown)
    {
        foreach (var frame in new StackTrace(thrown).GetFrames())
        {
            if (frame.GetMethod() is not { DeclaringType: { } type } method || type.Assembly == typeof(Thrown).Assembly) continue;
            if (type.Assembly.GetName().Name?.StartsWith("System.", StringComparison.Ordinal) == true) continue;
            return $" in {Written(method.Name, type)}";
        }

        return "";
    }

    /// <summary>Async code and lambdas stand in methods that the compiler named: <c>&lt;Start&gt;b__0</c>, <c>&lt;Start&gt;d__3.MoveNext</c>.</summary>
    private static string Written(string method, Type? type)
    {
        for (var name = method; ; name = type.Name, type = type.DeclaringType)
        {
            if (name.StartsWith('<') && name.IndexOf('>', StringComparison.Ordinal) is > 1 and var end) return name[1..end];
            if (type is null || !(name == "MoveNext" || name.StartsWith('<'))) return method == ".ctor" ? "its constructor" : method;
        }
    }
}
