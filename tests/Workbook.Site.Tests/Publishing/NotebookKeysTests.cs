using Workbook.Site.Publishing;
using Xunit;
using static Workbook.Site.Tests.Pages.Samples;

namespace Workbook.Site.Tests.Publishing;

public sealed class NotebookKeysTests : IDisposable
{
    private readonly SmallRepository _repository = new();
    private readonly string _notebook;

    public NotebookKeysTests()
    {
        _repository.Write("lib/bin/Library.dll", "one");
        _repository.Write("lib/bin/Beside.dll", "one");
        _repository.Write("lib/Raft/RaftServer.cs", "one");
        _repository.Write("lib/Raft/bin/Output.cs", "one");
        _repository.Write("notebooks/words.txt", "one");
        _repository.Write("notebooks/unused.txt", "one");
        _repository.Write("data/known/answers.txt", "one");
        _notebook = _repository.Add("01-one", (Code("a", """
            #r "../lib/bin/Library.dll"
            Count("words.txt"); Count("../lib/Raft"); Say("a \"quoted\" word", '"', "../nowhere/at/all");
            """), Ran("a")));
    }

    public void Dispose() => _repository.Dispose();

    [Theory]
    [InlineData("lib/bin/Library.dll")]
    [InlineData("lib/bin/Beside.dll")]
    [InlineData("lib/Raft/RaftServer.cs")]
    [InlineData("lib/Raft/New.cs")]
    [InlineData("notebooks/words.txt")]
    [InlineData("data/known/answers.txt")]
    [InlineData("data/new.txt")]
    [InlineData("notebooks/01-one.ipynb")]
    public void The_key_changes_with_all_that_the_notebook_depends_on(string path)
    {
        var before = Key();
        _repository.Write(path, "two");

        Assert.NotEqual(before, Key());
    }

    [Theory]
    [InlineData("notebooks/unused.txt")]
    [InlineData("lib/Raft/bin/Output.cs")]
    [InlineData("lib/Gfs/Master.cs")]
    public void The_key_stays_when_something_else_changes(string path)
    {
        var before = Key();
        _repository.Write(path, "two");

        Assert.Equal(before, Key());
    }

    [Fact]
    public void Two_notebooks_with_the_same_text_have_different_keys()
    {
        var twin = _repository.Write("notebooks/02-two.ipynb", File.ReadAllText(_notebook));

        Assert.NotEqual(Key(), new NotebookKeys(_repository.Root).Of(twin));
    }

    [Fact]
    public void A_file_that_never_ends_is_not_read_to_its_end()
    {
        var endless = _repository.Add("03-endless", (Code("a", "Read(\"/dev/zero\")"), Ran("a")));

        Assert.NotEmpty(new NotebookKeys(_repository.Root).Of(endless));
    }

    private string Key() => new NotebookKeys(_repository.Root).Of(_notebook);
}
