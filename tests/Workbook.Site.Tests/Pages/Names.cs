using Workbook.Site.Notebooks;
using Workbook.Site.Publishing;
using Workbook.Site.Tests.Publishing;

namespace Workbook.Site.Tests.Pages;

/// <summary>A notebook that uses the library, in a repository that holds some of the library's sources.</summary>
internal static class Names
{
    public const string Page = "05-names";

    /// <summary>The library, with its PDB and documentation beside it.</summary>
    public static string Library => typeof(Workbook.Draw.Table).Assembly.Location;

    /// <summary>The repository that the library was built in.</summary>
    public static string Root { get; } = RenderOptions.FindRoot(AppContext.BaseDirectory);

    public static (Cell, CellRun?)[] Cells =>
    [
        (Samples.Text("# Names\n\nA rule of `RaftRules` is switched off, `RaftCluster.Crash` stops a server, and `Nothing.OfThatName` is not there."), null),
        (Samples.Code("load", $"#r \"{Library}\"\nusing Workbook.Raft;\nusing Workbook.Sim;"), Samples.Ran("load")),
        (Samples.Code("crash", "var cluster = new RaftCluster(servers: 3);\ncluster.Crash(\"s1\");\nRaftRules.All"), Samples.Ran("crash")),
    ];

    public static void AddTo(SmallRepository repository)
    {
        foreach (var path in new[] { "lib/Workbook/Raft/RaftCluster.cs", "lib/Workbook/Raft/RaftRules.cs" })
            repository.Write(path, File.ReadAllText(Path.Combine(Root, path)));
        repository.Add(Page, Cells);
    }
}
