using Workbook.Site.Exporting;
using Workbook.Site.Notebooks;
using Workbook.Site.Publishing;
using Workbook.Site.Tests.House;
using Workbook.Site.Tests.Running;
using Xunit;

namespace Workbook.Site.Tests.Exporting;

/// <summary>What a cell means in a notebook, it means in the program made of it.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Notebooks => NotebookTests.Notebooks;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Notebooks))]
    public async Task Every_notebook_of_the_course_is_a_program_that_compiles(string name)
    {
        var notebook = NotebookFile.Read(Path.Combine(Exports.Root, "notebooks", name));

        var program = await Exports.ExportAsync(_folder, withEcosystem: false, notebook);

        Assert.Empty(Exports.Errors(program.Text));
        Assert.All(program.Notices, notice => Assert.Contains("--ecosystem keeps it", notice));
        Assert.Equal(notebook.Cells.Count(cell => cell.Tags.Contains("ecosystem")), program.Notices.Count);
    }

    [Theory]
    [InlineData("1 + 1", "2\n")]
    [InlineData("null", "<null>\n")]
    [InlineData("\"a\"  // said", "a\n")]
    [InlineData("Console.Write(\"x\");", "x")]
    [InlineData("Console.Write(\"x\")", "x")]
    [InlineData("return 7;", "7\n")]
    [InlineData("new[] { 1, 2 }.Select(x => x * 2.5)", "[ 2.5, 5 ]\n")]
    [InlineData("Enumerable.Range(0, 30).ToList()", "[ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, … (10 more) ]\n")]
    [InlineData("await Task.FromResult(3)", "3\n")]
    [InlineData("display(4); 5.Display(); 6", "4\n5\n6\n")]
    [InlineData("var shown = display(\"half\"); shown.Update(\"whole\");", "half\nwhole\n")]
    [InlineData("for (var i = 0; i < 9; i++) if (i == 3) return i;\nConsole.WriteLine(\"never\");", "3\n")]
    [InlineData("int n; string s; n + (s ?? \"-\")", "0-\n")]
    [InlineData("public static int F() => 8;\nprivate class C { public int X = F2; const int F2 = 1; }\nF() + new C().X", "9\n")]
    public async Task A_cell_shows_what_it_ends_with(string source, string output) => Assert.Equal(output, await Exports.RunAsync(_folder, source));

    [Fact]
    public async Task A_variable_declared_again_is_another_one_and_functions_keep_the_first() => Assert.Equal(
        "1 two\n",
        await Exports.RunAsync(_folder, "var x = 1; int First() => x;", "var x = \"two\";", "$\"{First()} {x}\""));

    [Fact]
    public async Task Members_named_after_a_renamed_variable_keep_their_names() => Assert.Equal(
        "{ x = 2 }\n2 x\n",
        await Exports.RunAsync(_folder, "var x = 1;", "var x = 2;\nvar pair = (x, 0);", "display(new { x });\n$\"{pair.x} {nameof(x)}\""));

    [Fact]
    public async Task Blocks_may_use_the_names_of_cells() => Assert.Equal(
        "0123 6\n",
        await Exports.RunAsync(
            _folder,
            "foreach (var word in new[] { 0, 1, 2 }) Console.Write(word);\nvar sum = (from word in new[] { 1, 2, 3 } select word).Sum();",
            "for (var i = 3; i < 4; i++) { var other = i; Console.Write(other); }",
            "var word = \" \"; var i = 1; var other = sum; new[] { other }.Select(word => word).Single() is var s ? $\"{word}{s}\" : \"\""));

    [Fact]
    public async Task Types_declared_again_are_others() => Assert.Equal(
        "1 2 3\n",
        await Exports.RunAsync(
            _folder,
            "class Server { int n; public Server() { n = 1; } public int N => n; }\nvar first = new Server();",
            "record Server(int N) { public static Server Made => new(2); }\nenum Kind { A = 3 }",
            "$\"{first.N} {Server.Made.N} {(int)Kind.A}\""));

    [Fact]
    public async Task Usings_extension_methods_and_deconstruction_work_where_they_stand() => Assert.Equal(
        "ab.txt 12\n",
        await Exports.RunAsync(
            _folder,
            "static string Twice(this string text) => text + text;\nvar (a, b) = (1, 2);",
            "using System.IO;\nvar (b, c) = (Path.ChangeExtension(\"ab\", \"txt\"), 3);",
            "$\"{b} {\"6\".Twice().Length * 6}\""));

    [Fact]
    public async Task Pictures_are_on_one_page_and_the_console_has_their_text()
    {
        var output = await Exports.RunAsync(
            _folder, $"#r \"{Exports.Library}\"\nusing Workbook.Draw;", "new Figure(\"A <line>\").Line([1, 2], [3, 4], \"up\")", "HTML(\"<b>bold</b>\")");

        var page = output.Split('\n').Single(line => line.StartsWith("2 pictures: ", StringComparison.Ordinal)).Split(' ')[2];
        var html = File.ReadAllText(page);
        Directory.Delete(Path.GetDirectoryName(page)!, recursive: true);
        Assert.Contains("<b>bold</b>", html);
        Assert.Contains("<figcaption><code>new Figure(&quot;A &lt;line&gt;&quot;)", html);
        Assert.StartsWith("A <line>. Line chart.", output);
    }

    [Fact]
    public async Task Paths_start_at_the_notebooks_folder()
    {
        _folder.Write("input/words.txt", "three small words");
        var notebook = Sketch.Of(Path.Combine(_folder.Path, "notebooks"), "System.IO.File.ReadAllText(\"../input/words.txt\")");
        Directory.CreateDirectory(Path.Combine(_folder.Path, "notebooks"));

        var program = await Exports.ExportAsync(_folder, withEcosystem: false, notebook);

        Assert.Equal("three small words\n", await Exports.RunProgramAsync(_folder, program.Text));
    }

    [Fact]
    public async Task The_library_is_named_by_its_project_and_text_is_comments()
    {
        var notebook = new Notebook(Path.Combine(Exports.Root, "notebooks", "n.ipynb"),
        [
            new("a", CellKind.Markdown, $"# Title\n\n{string.Concat(Enumerable.Repeat("word ", 40))}\n- item\n\n| a | b |", []),
            new("b", CellKind.Code, NotebookRules.Library, []),
        ]);
        var options = new ExportOptions { Output = Path.Combine(Exports.Root, "n.cs"), Root = Exports.Root };

        var program = await NotebookExporter.ExportAsync(notebook, options, TestContext.Current.CancellationToken);

        Assert.Contains("\n#:project lib/Workbook/Workbook.csproj\n", program.Text);
        Assert.Contains("\n// # Title\n//\n// word word", program.Text);
        Assert.Contains("\n// - item\n//\n// | a | b |\n", program.Text);
        Assert.All(program.Text.Split('\n').Where(line => line.StartsWith("// word", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 1, 113));
    }

    [Theory]
    [InlineData("var = ;", "cell 1 is left out: it does not parse (CS")]
    [InlineData("unknown + 1", "cell 1 is left out: it does not compile (CS0103: The name 'unknown'")]
    [InlineData("#!time\n1", "cell 1 is left out: “#!time” is a directive")]
    [InlineData("int P { get; set; }", "cell 1 is left out: a program has no place for “int P { get; set; }” outside of a type.")]
    [InlineData("#load \"other.csx\"", "cell 1 is left out: it loads a script by #load")]
    public async Task What_can_be_no_part_of_a_program_is_a_comment_with_its_reason(string source, string notice)
    {
        var program = await Exports.ExportAsync(_folder, source, "6 * 7");

        Assert.StartsWith(notice, Assert.Single(program.Notices));
        Assert.Contains("// Left out: ", program.Text);
        Assert.Contains($"//     {source.Split('\n')[0]}\n", program.Text);
        Assert.Equal("42\n", await Exports.RunProgramAsync(_folder, program.Text));
    }

    [Fact]
    public async Task A_library_without_a_project_is_told_and_what_needs_it_is_left_out()
    {
        TestLibrary.Compile(Path.Combine(_folder.Path, "bare.dll"), "namespace Bare { public class Thing { public override string ToString() => \"thing\"; } }");

        var program = await Exports.ExportAsync(_folder, "#r \"bare.dll\"\nusing Bare;", "new Thing()", "6 * 7");

        Assert.StartsWith("cell 1 loads bare.dll, which no project above it builds", program.Notices[0]);
        Assert.StartsWith("cell 2 is left out: as part of a program it does not compile (CS0246", program.Notices[1]);
        Assert.Equal("42\n", await Exports.RunProgramAsync(_folder, program.Text));
    }

    [Fact]
    public async Task A_package_is_named_by_the_program_when_the_ecosystem_is_kept()
    {
        var feed = new TestFeed(_folder);
        feed.Add("Acme.Words", "1.2.0", "public static class Words { public static string Say() => \"hello\"; }");
        var notebook = Sketch.Of(_folder.Path, "#r \"nuget: Acme.Words, 1.2.0\"\nWords.Say()");
        notebook = notebook with { Cells = [notebook.Cells[0] with { Tags = ["ecosystem"] }] };

        var without = await Exports.ExportAsync(_folder, withEcosystem: false, notebook);
        var with = await Exports.ExportAsync(_folder, withEcosystem: true, notebook);

        Assert.Contains("--ecosystem keeps it", Assert.Single(without.Notices));
        Assert.DoesNotContain("#:package", without.Text);
        Assert.Empty(with.Notices);
        Assert.Contains("\n#:package Acme.Words@1.2.0\n", with.Text);
        Assert.Contains("\ngallery.Show(Words.Say());\n", with.Text);
    }

    [Fact]
    public async Task A_package_that_cannot_be_had_leaves_its_cell_out()
    {
        _ = new TestFeed(_folder);
        var program = await Exports.ExportAsync(_folder, withEcosystem: true, Sketch.Of(_folder.Path, "#r \"nuget: Acme.Nowhere, 1.0.0\"\n1", "2"));

        Assert.Equal("cell 1 is left out: Acme.Nowhere 1.0.0 could not be restored: no package source has Acme.Nowhere.", Assert.Single(program.Notices));
    }

    [Fact]
    public async Task A_library_that_is_not_built_is_told()
    {
        var options = new ExportOptions { Output = Path.Combine(_folder.Path, "n.cs"), Root = _folder.Path };
        var error = await Assert.ThrowsAsync<SiteException>(
            () => NotebookExporter.ExportAsync(Sketch.Of(_folder.Path, "1"), options, TestContext.Current.CancellationToken));

        Assert.EndsWith("Workbook.dll is not there; run `dotnet build` first.", error.Message);
    }
}
