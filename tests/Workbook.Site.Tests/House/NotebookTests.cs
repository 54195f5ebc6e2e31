using System.Text.Json.Nodes;
using Workbook.Site.Notebooks;
using Workbook.Site.Publishing;
using Workbook.Site.Running.Host;
using Workbook.Site.Tests.Running;
using Xunit;

namespace Workbook.Site.Tests.House;

/// <summary>The notebooks of this repository keep to <see cref="NotebookRules"/>, and each rule bites.</summary>
public sealed class NotebookTests : IDisposable
{
    private const string Accept = "WORKBOOK_ACCEPT";

    private static readonly Cell Title = new("title", CellKind.Markdown, "# A lecture\n", []);
    private static readonly Cell Load = new("load", CellKind.Code, $"{NotebookRules.Library}\nusing Workbook.Sim;", []);

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Notebooks =>
        Directory.Exists(Folder) ? [.. Directory.EnumerateFiles(Folder, "*.ipynb").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];

    private static string Folder => Path.Combine(RenderOptions.FindRoot(AppContext.BaseDirectory), "notebooks");

    public void Dispose() => _folder.Dispose();

    /// <summary>xunit fails this test, too, when there is no notebook at all.</summary>
    [Theory]
    [MemberData(nameof(Notebooks))]
    public void A_notebook_keeps_to_the_rules_of_the_house(string name)
    {
        var path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable(Accept) == "1")
            File.WriteAllText(path, NotebookFile.Format(path, File.ReadAllText(path)));

        var broken = NotebookRules.Broken(path).ToList();
        if (broken.Count > 0)
            Assert.Fail($"{string.Join('\n', broken)}\n{Accept}=1 writes notebooks in their one form; the rest is for their author.");
    }

    [Fact]
    public void A_notebook_that_keeps_to_the_rules_breaks_none() => Assert.Empty(Broken("01-map-reduce", Title, Load));

    [Fact]
    public void A_notebook_with_outputs_is_not_in_its_one_form()
    {
        var text = NotebookFile.Format(new Notebook("01-n.ipynb", [Title, Load]))
            .Replace("\"outputs\": []", "\"outputs\": [{ \"output_type\": \"stream\", \"name\": \"stdout\", \"text\": [\"7\"] }]");
        var sentence = Assert.Single(NotebookRules.Broken(_folder.Write("01-n.ipynb", text)));
        Assert.StartsWith("01-n is not in the one form that git holds (no outputs", sentence);
        Assert.Contains("form        \"outputs\": []", sentence);
    }

    [Fact]
    public void Two_cells_with_one_id_are_refused()
    {
        var text = NotebookFile.Format(new Notebook("01-n.ipynb", [Title, Load])).Replace("\"id\": \"load\"", "\"id\": \"title\"");
        Assert.Contains("has the id “title”", Assert.Single(NotebookRules.Broken(_folder.Write("01-n.ipynb", text))));
    }

    [Fact]
    public void A_notebook_for_another_kernel_is_refused()
    {
        var text = NotebookFile.Format(new Notebook("01-n.ipynb", [Title, Load])).Replace("\".net-csharp\"", "\"python3\"");
        Assert.Contains("only C#", Assert.Single(NotebookRules.Broken(_folder.Write("01-n.ipynb", text))));
    }

    [Fact]
    public void A_notebook_begins_with_its_title_and_the_library() => Assert.Equal(
        [
            "01-n does not begin with its title: a text cell whose first line is “# …”.",
            "01-n: its first code cell does not load the library by #r \"../lib/Workbook/bin/Release/net10.0/Workbook.dll\".",
        ],
        Broken("01-n", new Cell("late", CellKind.Code, "1 + 1", []), Title, Load));

    [Fact]
    public void A_notebook_without_code_runs_nothing() => Assert.Equal("01-n runs nothing.", Assert.Single(Broken("01-n", Title)));

    [Theory]
    [InlineData("#!time\n1 + 1", "Cell c holds “#!time”: cells are plain C#, which every host runs.")]
    [InlineData("  #!share x", "Cell c holds “#!share x”: cells are plain C#, which every host runs.")]
    [InlineData("#r \"nuget: Acme, 1.0.0\"", "Cell c restores a package and is not tagged “ecosystem”.")]
    [InlineData("#i \"nuget: elsewhere\"", "Cell c holds “#i \"nuget: elsewhere\"”: where packages come from is the reader's own configuration.")]
    [InlineData("#r \"/opt/x.dll\"", "Cell c names /opt/x.dll: a path starts at the notebook's folder, which is the working directory in every host.")]
    [InlineData("#load \"C:/x.csx\"", "Cell c names C:/x.csx: a path starts at the notebook's folder, which is the working directory in every host.")]
    [InlineData("\n \n", "Cell c is empty.")]
    public void A_cell_that_other_hosts_would_not_run_is_told(string source, string sentence) =>
        Assert.Equal(sentence, Assert.Single(Broken("01-n", Title, Load, new Cell("c", CellKind.Code, source, []))));

    [Theory]
    [InlineData("nuget: Acme")]
    [InlineData("nuget: Acme, *")]
    [InlineData("nuget:Acme,1.0.0")]
    public void A_package_without_its_one_version_is_told(string package) => Assert.Equal(
        $"Cell c asks for {package}: name the one version that it was written for, as in “nuget: Name, 1.0.0”.",
        Assert.Single(Broken("01-n", Title, Load, new Cell("c", CellKind.Code, $"#r \"{package}\"\n1", ["ecosystem"]))));

    [Fact]
    public void A_notebook_has_the_metadata_that_polyglot_notebooks_writes()
    {
        var root = JsonNode.Parse(NotebookFile.Format(new Notebook("01-n.ipynb", [Title, Load])))!;

        AssertJson(
            """
            {"kernelspec": {"display_name": ".NET (C#)", "language": "C#", "name": ".net-csharp"},
             "language_info": {"name": "polyglot-notebook"},
             "polyglot_notebook": {"kernelInfo": {"defaultKernelName": "csharp", "items": [{"aliases": [], "name": "csharp"}]}}}
            """, root["metadata"]);
        AssertJson("""{"dotnet_interactive": {"language": "csharp"}, "polyglot_notebook": {"kernelName": "csharp"}}""", root["cells"]![1]!["metadata"]);
        Assert.Equal((4, 5), ((int)root["nbformat"]!, (int)root["nbformat_minor"]!));

        static void AssertJson(string expected, JsonNode? actual) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());
    }

    [Fact]
    public void Cells_have_the_imports_of_net_interactive_and_no_others() => Assert.Equal(
        ["System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq"],
        CellEngine.Imports);

    [Fact]
    public void A_cell_as_long_as_the_limit_is_kept_and_a_longer_one_told()
    {
        var lines = Enumerable.Repeat("using System.IO;", 9).Append("").Concat(Enumerable.Range(0, NotebookRules.LongestCell).Select(i => $"display({i});"));
        var longest = string.Join('\n', lines);
        Assert.Empty(Broken("01-n", Title, Load, new Cell("c", CellKind.Code, longest, [])));
        Assert.StartsWith(
            "Cell c has 15 lines, 14 is the most",
            Assert.Single(Broken("01-n", Title, Load, new Cell("c", CellKind.Code, $"{longest}\n1", []))));
    }

    [Theory]
    [InlineData("1-n")]
    [InlineData("01-N")]
    [InlineData("01")]
    [InlineData("Untitled")]
    public void A_name_that_no_one_would_look_for_is_told(string name) =>
        Assert.Equal($"{name} is not a lecture's or a lab's name: NN-name or lab-N-name, in small letters.", Assert.Single(Broken(name, Title, Load)));

    private IEnumerable<string> Broken(string name, params Cell[] cells)
    {
        var path = Path.Combine(_folder.Path, $"{name}.ipynb");
        return NotebookRules.Broken(_folder.Write(path, NotebookFile.Format(new Notebook(path, cells))));
    }
}
