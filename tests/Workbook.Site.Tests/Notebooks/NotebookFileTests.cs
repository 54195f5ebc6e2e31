using System.Text;
using Workbook.Site.Notebooks;
using Workbook.Site.Tests.Running;
using Xunit;

namespace Workbook.Site.Tests.Notebooks;

public sealed class NotebookFileTests : IDisposable
{
    private const string Kernel = "\"metadata\": { \"kernelspec\": { \"name\": \".net-csharp\" } }, \"nbformat\": 4, \"nbformat_minor\": 5";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_notebook_is_written_as_Jupyter_and_VS_Code_write_it()
    {
        var notebook = new Notebook("n.ipynb", [
            new Cell("intro", CellKind.Markdown, "# “Ünï” 🎲\n<b>&</b> 'x' \\ \"y\" \t\u0001\n", []),
            new Cell("code", CellKind.Code, "1\n\n2", ["exercise"]),
            new Cell("empty", CellKind.Code, "", []),
        ]);

        Assert.Equal("""
            {
             "cells": [
              {
               "cell_type": "markdown",
               "id": "intro",
               "metadata": {},
               "source": [
                "# “Ünï” 🎲\n",
                "<b>&</b> 'x' \\ \"y\" \t\u0001\n"
               ]
              },
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "code",
               "metadata": {
                "dotnet_interactive": {
                 "language": "csharp"
                },
                "polyglot_notebook": {
                 "kernelName": "csharp"
                },
                "tags": [
                 "exercise"
                ]
               },
               "outputs": [],
               "source": [
                "1\n",
                "\n",
                "2"
               ]
              },
              {
               "cell_type": "code",
               "execution_count": null,
               "id": "empty",
               "metadata": {
                "dotnet_interactive": {
                 "language": "csharp"
                },
                "polyglot_notebook": {
                 "kernelName": "csharp"
                }
               },
               "outputs": [],
               "source": []
              }
             ],
             "metadata": {
              "kernelspec": {
               "display_name": ".NET (C#)",
               "language": "C#",
               "name": ".net-csharp"
              },
              "language_info": {
               "name": "polyglot-notebook"
              },
              "polyglot_notebook": {
               "kernelInfo": {
                "defaultKernelName": "csharp",
                "items": [
                 {
                  "aliases": [],
                  "name": "csharp"
                 }
                ]
               }
              }
             },
             "nbformat": 4,
             "nbformat_minor": 5
            }

            """.ReplaceLineEndings("\n"), NotebookFile.Format(notebook));
    }

    [Fact]
    public void What_is_written_reads_back_and_formats_to_itself()
    {
        var notebook = new Notebook(Path.Combine(_folder.Path, "n.ipynb"), [new Cell("a", CellKind.Code, "var x = \"🎲\";\nx\n", ["ecosystem", "solution"])]);
        var text = NotebookFile.Format(notebook);

        var read = NotebookFile.Read(_folder.Write("n.ipynb", text));

        Assert.Equal(notebook.Path, read.Path);
        Assert.Equivalent(notebook.Cells, read.Cells, strict: true);
        Assert.Equal(text, NotebookFile.Format("n.ipynb", text));
    }

    [Fact]
    public void Formatting_takes_away_what_a_run_leaves_and_keeps_what_the_author_put_there()
    {
        var text = NotebookFile.Format("n.ipynb", $$"""
            { {{Kernel}}, "cells": [
              { "source": "a\r\nb", "outputs": [ { "output_type": "stream" } ], "execution_count": 7, "cell_type": "code", "id": "x",
                "metadata": { "execution": { "started": 1 }, "jupyter": { "source_hidden": true } } },
              { "source": ["![p](attachment:p.png)"], "cell_type": "markdown", "id": "y", "metadata": {}, "attachments": { "p.png": { "image/png": "AAAA" } } }
            ] }
            """);

        Assert.Contains("\"execution_count\": null", text, StringComparison.Ordinal);
        Assert.Contains("\"outputs\": []", text, StringComparison.Ordinal);
        Assert.Contains("\"a\\n\",\n    \"b\"", text, StringComparison.Ordinal);
        Assert.Contains("\"source_hidden\": true", text, StringComparison.Ordinal);
        Assert.Contains("\"image/png\": \"AAAA\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("started", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "is empty; write a notebook there, or delete it.")]
    [InlineData("{\n\"cells\": [,]}", "is not JSON: it breaks at line 2, byte 11.")]
    [InlineData("[]", "is JSON, but not a notebook: its top is not an object.")]
    [InlineData("{}", "is JSON, but not a notebook: it has no nbformat.")]
    [InlineData("{\"nbformat\": 4, \"nbformat\": 4}", "has an object with the same key twice.")]
    [InlineData("{\"nbformat\": 3, \"nbformat_minor\": 0}", "is written in nbformat 3.0; open and save it in an editor that writes 4.5.")]
    [InlineData("{\"nbformat\": 4, \"nbformat_minor\": 2}", "is written in nbformat 4.2; open and save it in an editor that writes 4.5.")]
    [InlineData("{\"nbformat\": 4, \"nbformat_minor\": 5}", "has no metadata.kernelspec; a C# notebook names the kernel “.net-csharp” there.")]
    [InlineData("{\"metadata\": {\"kernelspec\": {\"name\": \"python3\"}}, \"nbformat\": 4, \"nbformat_minor\": 5}",
        "is a notebook for the kernel “python3”; only C# (“.net-csharp”) can be run.")]
    [InlineData("{}\n<<<<<<< ours\n", "holds the marks of a merge conflict; resolve it first.")]
    public void A_file_that_is_no_CSharp_notebook_is_refused_with_the_reason(string text, string complaint)
    {
        var path = _folder.Write("n.ipynb", text);

        Assert.Equal($"{path} {complaint}", Assert.Throws<NotebookException>(() => NotebookFile.Read(path)).Message);
    }

    [Theory]
    [InlineData("3", "is not an object.")]
    [InlineData("{\"cell_type\": \"heading\"}", "has the cell_type “heading”; code, markdown and raw are known.")]
    [InlineData("{\"cell_type\": \"code\", \"id\": \"no spaces\"}", "has no id of 1 to 64 letters, digits, - and _.")]
    [InlineData("{\"cell_type\": \"code\", \"id\": \"b\"}", "(id b) has no metadata.")]
    [InlineData("{\"cell_type\": \"code\", \"id\": \"b\", \"metadata\": {}}", "has no source: a string or a list of strings.")]
    [InlineData("{\"cell_type\": \"code\", \"id\": \"b\", \"metadata\": {\"polyglot_notebook\": {\"kernelName\": \"fsharp\"}}, \"source\": \"\"}",
        "(id b) is written in fsharp; only C# can be run.")]
    [InlineData("{\"cell_type\": \"code\", \"id\": \"b\", \"metadata\": {\"tags\": \"x\"}, \"source\": \"\"}", "has tags that are not a list.")]
    [InlineData("{\"cell_type\": \"code\", \"id\": \"b\", \"metadata\": {}, \"source\": [\"a\", 1]}", "has no source: a string or a list of strings.")]
    [InlineData("{\"cell_type\": \"code\", \"id\": \"b\", \"metadata\": {}, \"source\": \"half \\ud83d\"}",
        "holds half of a character, an escape from \\ud800 to \\udfff without its other half; take it out.")]
    [InlineData("{\"cell_type\": \"code\", \"id\": \"b\", \"metadata\": {}, \"source\": \"\", \"source\": \"\"}", "has an object with the same key twice.")]
    [InlineData("{\"cell_type\": \"raw\", \"id\": \"b\", \"metadata\": {\"workbook\": {\"answer\": \"B\"}}, \"source\": \"\"}",
        "has a workbook.answer that is not the number of one of its choices: 1, 2, 3…")]
    [InlineData("{\"cell_type\": \"raw\", \"id\": \"b\", \"metadata\": {\"workbook\": {\"answer\": 0}}, \"source\": \"\"}",
        "has a workbook.answer that is not the number of one of its choices: 1, 2, 3…")]
    [InlineData("{\"cell_type\": \"code\", \"id\": \"a\", \"metadata\": {}, \"source\": \"\"}", "has the id “a” of cell 1; give it another.")]
    public void A_cell_that_is_none_is_refused_with_its_number(string cell, string complaint)
    {
        var path = _folder.Write("n.ipynb", $$"""{ {{Kernel}}, "cells": [ {"cell_type": "raw", "id": "a", "metadata": {}, "source": "x"}, {{cell}} ] }""");

        Assert.Equal($"{path}, cell 2 {complaint}", Assert.Throws<NotebookException>(() => NotebookFile.Read(path)).Message.Replace("cell 2, ", "cell 2 ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_refused_with_the_reason()
    {
        var path = Path.Combine(_folder.Path, "n.ipynb");

        Assert.Equal($"{path} is not there.", Refusal(path));
        Assert.Equal($"{_folder.Path} is a folder; name a notebook in it.", Refusal(_folder.Path));
        File.WriteAllBytes(path, [.. "{ \"x\": \""u8, 0xe9, .. "\" }"u8]);
        Assert.Equal($"{path} is not UTF-8: byte 8 can't be read; save it as UTF-8.", Refusal(path));
        File.WriteAllText(path, "{}", Encoding.Unicode);
        Assert.Equal($"{path} is written in UTF-16; save it as UTF-8.", Refusal(path));
        using (var file = File.Create(path))
            file.SetLength(NotebookFile.LargestFile + (1 << 20));
        Assert.Equal($"{path} has 65 MiB; clear its outputs, a notebook may have 64 MiB.", Refusal(path));
    }

    [Fact]
    public void A_source_may_be_a_text_or_its_lines_and_a_byte_order_mark_may_stand_before_all()
    {
        var path = Path.Combine(_folder.Path, "n.ipynb");
        File.WriteAllText(path, $$"""
            { {{Kernel}}, "cells": [
              {"cell_type": "code", "id": "a", "metadata": {}, "source": "1\n2"}, {"cell_type": "code", "id": "b", "metadata": {}, "source": ["1\n", "2"]} ] }
            """, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

        Assert.Equal(["1\n2", "1\n2"], NotebookFile.Read(path).Cells.Select(cell => cell.Source));
    }

    [Fact]
    public void A_notebook_that_breaks_off_anywhere_is_refused_with_one_sentence()
    {
        var whole = NotebookFile.Format(new Notebook("n.ipynb", [new Cell("a", CellKind.Code, "1 + 1 // é", ["exercise"]), new Cell("b", CellKind.Markdown, "b", [])]));
        var bytes = Encoding.UTF8.GetBytes(whole.TrimEnd());
        var path = Path.Combine(_folder.Path, "n.ipynb");
        for (var length = 1; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Matches(@"n\.ipynb is not (JSON: it breaks at line \d+, byte \d+|UTF-8: byte \d+ can't be read; save it as UTF-8)\.$", Refusal(path));
        }
    }

    [Fact]
    public void JSON_nested_beyond_measure_is_refused()
    {
        var path = _folder.Write("n.ipynb", new string('[', 1_000_000));

        Assert.Equal($"{path} is JSON, but not a notebook: it is nested too deep at line 1.", Refusal(path));
    }

    private static string Refusal(string path) => Assert.Throws<NotebookException>(() => NotebookFile.Read(path)).Message;
}
