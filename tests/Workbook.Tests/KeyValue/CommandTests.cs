using Workbook.KeyValue;
using Workbook.Sim;

namespace Workbook.Tests.KeyValue;

public sealed class CommandTests
{
    public static TheoryData<KeyValueRequest, string> Lines => new()
    {
        { new Get("c1", 7, "k"), "c1#7 get k" },
        { new Put("c3", 9, "k", "x y"), "c3#9 put k \"x y\"" },
        { new Append("c3", 7, "k", "x"), "c3#7 append k \"x\"" },
        { new CompareAndSet("c3", 10, "k", "", "new"), "c3#10 cas k \"\" \"new\"" },
        { new Put("c1.2", 1, "two words", "a \"quoted\" word"), "c1.2#1 put \"two words\" \"a \\\"quoted\\\" word\"" },
        { new Put("c 1", 1, "", "line\nline\\"), "\"c 1\"#1 put \"\" \"line\\nline\\\\\"" },
        { new Append("č#1", 1, "ключ", "ü — “x”\t"), "\"č#1\"#1 append \"ключ\" \"ü — “x”\t\"" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public void A_request_is_one_line_and_comes_back_from_it(KeyValueRequest request, string line)
    {
        Assert.Equal(line, Command.Of(request));
        Assert.Equal(request, Command.Parse(line));
    }

    [Fact]
    public void Any_text_comes_back_as_it_was()
    {
        var random = new Rng(1);
        var letters = "ab \"\\\n\t#=—";
        for (var round = 0; round < 500; round++)
        {
            KeyValueRequest request = new CompareAndSet(Text(), round, Text(), Text(), Text());
            var line = Command.Of(request);
            Assert.DoesNotContain('\n', line);
            Assert.Equal(request, Command.Parse(line));
        }

        string Text() => new([.. Enumerable.Range(0, random.Next(6)).Select(_ => letters[random.Next(letters.Length)])]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("noise")]
    [InlineData("c1#x get k")]
    [InlineData("c1#1 delete k")]
    [InlineData("c1#1 put k \"open")]
    public void What_is_no_command_is_refused_with_an_example(string line) =>
        Assert.Contains("one reads like c3#7 append k", Assert.Throws<FormatException>(() => Command.Parse(line)).Message);
}
