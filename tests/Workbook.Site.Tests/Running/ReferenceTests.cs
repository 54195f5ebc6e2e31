using Xunit;

namespace Workbook.Site.Tests.Running;

/// <summary>What <c>#r</c> of a file gives a cell: that file and no other.</summary>
public sealed class ReferenceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_cell_gets_exactly_the_library_that_it_names()
    {
        // The tests' own folder holds a Workbook.dll too, beside the program that runs the cells.
        TestLibrary.Compile(Path.Combine(_folder.Path, "built", "Workbook.dll"), "namespace Workbook { public static class Which { public static string One => \"this one\"; } }");
        TestLibrary.Compile(
            Path.Combine(_folder.Path, "built", "User.dll"), "public static class User { public static Type Seen => typeof(Workbook.Which); }",
            Path.Combine(_folder.Path, "built", "Workbook.dll"));

        var run = await Sketch.RunAsync(
            _folder.Path, "#r \"built/Workbook.dll\"\nusing Workbook;", "Which.One", "#r \"./built/Workbook.dll\"\nWhich.One",
            "typeof(Which).Assembly.Location", "#r \"built/User.dll\"\n(User.Seen == typeof(Which)).ToString()",
            "AppDomain.CurrentDomain.GetAssemblies().Count(assembly => assembly.GetName().Name == \"Workbook\").ToString()");

        Assert.Equal(0, run.Failed);
        Assert.Equal("[this one]", run.Cells[1].Text());
        Assert.Equal("[this one]", run.Cells[2].Text());
        Assert.Equal($"[{Path.Combine(_folder.Path, "built", "Workbook.dll")}]", run.Cells[3].Text());
        Assert.Equal("[True]", run.Cells[4].Text());
        Assert.Equal("[1]", run.Cells[5].Text());
    }
}
