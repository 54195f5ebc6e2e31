using Workbook.Site.Notebooks;
using Xunit;

namespace Workbook.Site.Tests.Running;

/// <summary>
/// What .NET Interactive's C# kernel does and the runner must do too, so that a cell shows the same on the page and in an
/// editor. All facts are cells of one notebook, run once.
/// </summary>
public sealed class HostFactsTests(HostFactsTests.Facts facts) : IClassFixture<HostFactsTests.Facts>
{
    [Theory]
    [InlineData("imports", "[<div class=\"dni-plaintext\"><pre>6</pre></div>")]
    [InlineData("await", "[<div class=\"dni-plaintext\"><pre>7</pre></div>")]
    [InlineData("a value at the end", "[<div class=\"dni-plaintext\"><pre>42</pre></div>")]
    [InlineData("a value returned", "[<div class=\"dni-plaintext\"><pre>1</pre></div>")]
    [InlineData("null at the end", "[<div class=\"dni-plaintext\"><pre>&lt;null&gt;</pre></div>")]
    [InlineData("null returned", "[<div class=\"dni-plaintext\"><pre>&lt;null&gt;</pre></div>")]
    [InlineData("no context", "[<div class=\"dni-plaintext\"><pre>&lt;null&gt;</pre></div>")]
    [InlineData("console ends", "[<div class=\"dni-plaintext\"><pre>&lt;null&gt;</pre></div>")]
    public void A_cell_shows_what_it_ends_with(string name, string start) => Assert.StartsWith(start, facts[name].Text());

    [Theory]
    [InlineData("nothing at the end", "")]
    [InlineData("a call without value", "called\n")]
    [InlineData("a string", "[<script>alert(1)</script>]")]
    [InlineData("html", "[<b>bold & x</b>]")]
    [InlineData("displayed as", "[# title]")]
    [InlineData("order", "1\n[two]3\n[four]5\n6\n")]
    [InlineData("other thread", "from a thread\n")]
    [InlineData("a program", "from a program\n")]
    [InlineData("updated", "[after]")]
    [InlineData("loaded file", "[loaded]")]
    [InlineData("dependency", "[from below]")]
    [InlineData("state after a throw", "[5]")]
    [InlineData("working folder", "[True]")]
    public void What_a_cell_prints_and_shows_stands_in_order(string name, string text) => Assert.Equal(text, facts[name].Text());

    [Theory]
    [InlineData("a string", "text/plain")]
    [InlineData("a value at the end", "text/html")]
    [InlineData("html", "text/html")]
    [InlineData("asked for", "text/plain")]
    [InlineData("displayed as", "text/markdown")]
    [InlineData("picture", "application/x-picture", "text/html")]
    [InlineData("shy", "text/html")]
    public void A_value_is_shown_in_the_types_it_prefers(string name, params string[] types) => Assert.Equal(types, facts[name].MimeTypes());

    [Fact]
    public void A_formatter_that_a_library_brings_by_convention_is_used() =>
        Assert.Equal("<application/x-picture>", Assert.IsType<DisplayOutput>(Assert.Single(facts["picture"].Outputs)).Data["application/x-picture"]);

    [Fact]
    public void A_formatter_that_throws_fails_the_cell()
    {
        Assert.Equal(CellOutcome.Failed, facts["thrower"].Outcome);
        Assert.Equal("this picture can't be drawn", facts["thrower"].Error().Message);
    }

    [Fact]
    public void System_IO_is_not_imported()
    {
        Assert.Equal("CS0103", facts["no System.IO"].Error().Name);
        Assert.Equal("The name 'File' does not exist in the current context. Is `using System.IO;` missing?", facts["no System.IO"].Error().Message);
        Assert.StartsWith("line 1, column 1\n    File.Exists(\"x\")\n    ^^^^", facts["no System.IO"].Error().Trace);
    }

    [Theory]
    [InlineData("missing library", "CS0006: ../lib/Missing.dll is not there: build what makes it first (`dotnet build`), or correct the path, "
        + "which starts at the notebook's folder. (line 1, column 1)")]
    [InlineData("no library", "CS0009: deeper/loaded.csx is not a .NET library. (line 1, column 1)")]
    [InlineData("missing source", "CS1504: missing.csx can't be loaded: correct the path, which starts at the notebook's folder. (line 1, column 7)")]
    public void A_file_that_cannot_be_loaded_is_named(string name, string reason) => Assert.Equal(reason, facts[name].Reason);

    [Theory]
    [InlineData("magic first", "#!time", 1)]
    [InlineData("magic later", "#!fsharp", 3)]
    public void A_directive_of_another_kernel_is_refused(string name, string directive, int line)
    {
        Assert.Equal(CellOutcome.Failed, facts[name].Outcome);
        Assert.Contains($"“{directive}” is a directive", facts[name].Reason, StringComparison.Ordinal);
        Assert.Equal($"line {line}", facts[name].Error().Trace);
    }

    [Fact]
    public void Text_that_only_looks_like_a_directive_is_left_alone() => Assert.Equal(CellOutcome.Succeeded, facts["magic in a string"].Outcome);

    [Fact]
    public void An_exception_tells_the_readers_own_lines()
    {
        var error = facts["throws"].Error();
        Assert.Equal("DivideByZeroException", error.Name);
        var number = facts.NumberOf("throws");
        Assert.Equal($"at Divide in cell {number}, line 3\nat cell {number}, line 6", error.Trace);
        Assert.StartsWith("DivideByZeroException: ", facts["throws"].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_from_a_library_tells_the_way_through_it()
    {
        var number = facts.NumberOf("library throws");
        Assert.Equal($"at Deep.Inner\nat Deep.Outer\nat cell {number}, line 1\nbecause of FormatException: inside\nat Deep.Outer", facts["library throws"].Error().Trace);
    }

    /// <summary>Runs the facts.</summary>
    public sealed class Facts : IAsyncLifetime
    {
        private static readonly (string Name, string Source)[] Cells =
        [
            ("imports", "new ArrayList().Count + new StringBuilder().Length + new List<int> { 1, 2, 3 }.Sum()"),
            ("await", "await Task.Delay(1); var seven = await Task.FromResult(7); seven"),
            ("a value at the end", "var x = 1;\nx + 41"),
            ("a value returned", "return x;"),
            ("null at the end", "string nothing = null; nothing"),
            ("null returned", "return null;"),
            ("nothing at the end", "var y = x;"),
            ("a call without value", "void Call() => Console.WriteLine(\"called\");\nCall()"),
            ("no context", "System.Threading.SynchronizationContext.Current"),
            ("console ends", "Console.ReadLine()"),
            ("a string", "\"<script>alert(1)</script>\""),
            ("html", "HTML(\"<b>bold & x</b>\")"),
            ("asked for", "display(x, \"text/plain\");"),
            ("displayed as", "\"# title\".DisplayAs(\"text/markdown\");"),
            ("order", "Console.WriteLine(1); display(\"two\"); Console.Error.WriteLine(3); \"four\".Display(); Console.Write(\"5\\n\");\nConsole.Out.WriteLine(6);"),
            ("other thread", "var thread = new System.Threading.Thread(() => Console.WriteLine(\"from a thread\")); thread.Start(); thread.Join();"),
            ("a program", $"{Talker}.WaitForExit();"),
            ("updated", "var shown = display(\"before\"); shown.Update(\"after\");"),
            ("loaded file", "#load \"deeper/loaded.csx\"\nLoaded()"),
            ("working folder", "System.IO.File.Exists(\"deeper/loaded.csx\").ToString()"),
            ("throws before it ends", "var kept = 5; throw new Exception(\"now\");"),
            ("state after a throw", "kept.ToString()"),
            ("reference", "#r \"lib/Pictures.dll\"\nusing System.Text.RegularExpressions;"),
            ("picture", "new Picture()"),
            ("shy", "new Shy()"),
            ("thrower", "new Thrower()"),
            ("no System.IO", "File.Exists(\"x\")"),
            ("magic first", "#!time\n1"),
            ("magic later", "// a comment\n\n#!fsharp\n1"),
            ("magic in a string", "var text = \"\"\"\n    #!/bin/sh\n    \"\"\";"),
            ("dependency", "#r \"lib/Above.dll\"\nAbove.Text"),
            ("missing library", "#r \"../lib/Missing.dll\"\n1"),
            ("no library", "#r \"deeper/loaded.csx\"\n1"),
            ("missing source", "#load \"missing.csx\"\n1"),
            ("throws", "int Divide(int a, int b)\n{\n    return a / b;\n}\n\nDivide(1, 0)"),
            ("library throws", "Deep.Outer()"),
        ];

        private readonly TemporaryFolder _folder = new();
        private NotebookRun? _run;

        internal CellRun this[string name] => _run!.Cells[NumberOf(name) - 1];

        internal int NumberOf(string name) => Array.FindIndex(Cells, cell => cell.Name == name) + 1;

        public async ValueTask InitializeAsync()
        {
            _folder.Write("deeper/loaded.csx", "#load \"beside.csx\"\nstring Loaded() => Beside();");
            _folder.Write("deeper/beside.csx", "string Beside() => \"loaded\";");
            TestLibrary.Compile(Path.Combine(_folder.Path, "lib", "Pictures.dll"), TestLibrary.Convention + """
                public static class Deep
                {
                    public static int Outer() { try { throw new FormatException("inside"); } catch (Exception inside) { return Inner(inside); } }
                    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
                    private static int Inner(Exception inside) => throw new InvalidOperationException("outside", inside);
                }
                """);
            var below = TestLibrary.Compile(
                Path.Combine(_folder.Path, "lib", "Below.dll"), "public static class Below { public static string Text => \"from below\"; }");
            TestLibrary.Compile(Path.Combine(_folder.Path, "lib", "Above.dll"), "public static class Above { public static string Text => Below.Text; }", below);
            _run = await Sketch.RunAsync(_folder.Path, [.. Cells.Select(cell => cell.Source)]);
        }

        public ValueTask DisposeAsync()
        {
            _folder.Dispose();
            return default;
        }

        /// <summary>A program that prints past the console of .NET.</summary>
        private static string Talker => OperatingSystem.IsWindows()
            ? "System.Diagnostics.Process.Start(\"cmd\", \"/c echo from a program\")"
            : "System.Diagnostics.Process.Start(\"echo\", \"from a program\")";
    }
}
