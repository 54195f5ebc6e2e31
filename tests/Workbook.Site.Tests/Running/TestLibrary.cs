using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Workbook.Site.Tests.Running;

/// <summary>Compiles small libraries for notebooks to load.</summary>
internal static class TestLibrary
{
    internal static string Compile(string path, string source, params string[] references) =>
        Compile(path, source, references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>The same, with a strong name.</summary>
    internal static string CompileStrong(string path, string source, params string[] references) => Compile(
        path, source, references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)
            .WithPublicSign(true).WithCryptoPublicKey([.. typeof(object).Assembly.GetName().GetPublicKey()!]));

    private static string Compile(string path, string source, string[] references, CSharpCompilationOptions options)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var compilation = CSharpCompilation.Create(
            Path.GetFileNameWithoutExtension(path),
            [CSharpSyntaxTree.ParseText("using System; using System.Collections.Generic; using System.IO;\n" + source)],
            [
                .. ((string[])["System.Private.CoreLib.dll", "System.Runtime.dll"]).Select(name => MetadataReference.CreateFromFile(Path.Combine(framework, name))),
                .. references.Select(reference => MetadataReference.CreateFromFile(reference)),
            ],
            options);
        var result = compilation.Emit(path);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return path;
    }

    /// <summary>The display convention, as a library that knows no formatter would write it.</summary>
    internal const string Convention = """
        public sealed class TypeFormatterSourceAttribute : Attribute
        {
            public TypeFormatterSourceAttribute(Type formatterSourceType) => FormatterSourceType = formatterSourceType;
            public Type FormatterSourceType { get; }
            public string[] PreferredMimeTypes { get; set; }
        }
        internal sealed class Formatters
        {
            public IEnumerable<object> CreateTypeFormatters() => new object[] { new OneFormatter("text/html"), new OneFormatter("application/x-picture") };
        }
        internal sealed class OneFormatter
        {
            public OneFormatter(string mimeType) => MimeType = mimeType;
            public string MimeType { get; }
            public bool Format(object instance, TextWriter writer)
            {
                if (instance is Thrower) throw new InvalidOperationException("this picture can't be drawn");
                writer.Write($"<{MimeType}>");
                return true;
            }
        }
        [TypeFormatterSource(typeof(Formatters), PreferredMimeTypes = new[] { "application/x-picture", "text/html" })]
        public sealed class Picture { }
        [TypeFormatterSource(typeof(Formatters))]
        public sealed class Shy { }
        [TypeFormatterSource(typeof(Formatters))]
        public sealed class Thrower { }
        """;
}
