using Workbook.Check;
using Workbook.Sim;

namespace Workbook.Tests.Check.Formats;

/// <summary>Texts made by chance: each is read, or refused with its line.</summary>
public sealed class HistoryFuzzTests
{
    private static readonly string[] Valid =
    [
        LectureDrawings.History4,
        "C1: |-Wx1---  |-put(k, \"a|b\")-|\n  |-Cx1>2=false-|-Rxnil-| # end\n",
        "INFO  jepsen.util - 2\t:invoke\t:cas\t[3 0]\nINFO  jepsen.util - :nemesis\t:info\t:start\tnil\nINFO  jepsen.util - 2\t:fail\t:cas\t[3 0]\t:hint 3\n",
        "{:process 0, :type :invoke, :f :append, :key \"0\", :value \"x \\u00e9 \\\"0 y\"} ; so\n{:process 0, :type :ok, :f :append, :key \"0\", :value nil}\n",
        "[#op {:type :invoke, :f :write, :value [7 #{2 (3)}], :process 0} #_ x {:type :ok, :f :write, :value [7 #{2 (3)}], :process 0, :a \\c}]",
        "[{\"type\":\"invoke\",\"f\":\"write\",\"value\":[1,{\"a\":\"\\ud83d\\ude00\"}],\"process\":0},\n{\"type\":\"ok\",\"f\":\"write\",\"value\":null,\"process\":0}]",
        "{\"client\":\"a\",\"function\":\"cas\",\"expected\":\"1\",\"argument\":\"2\",\"invoked\":0,\"returned\":1,\"outcome\":\"ok\"}\n",
    ];

    [Fact]
    public void Bytes_by_chance_are_refused()
    {
        for (var seed = 0UL; seed < (ulong)Seeds.Count(400); seed++)
        {
            var rng = new Rng(seed);
            var letters = new char[rng.Next(0, 200)];
            for (var i = 0; i < letters.Length; i++) letters[i] = (char)rng.Next(0, seed % 2 == 0 ? 256 : 65536);
            Survives(new(letters));
        }
    }

    [Fact]
    public void Letters_of_the_formats_by_chance_are_read_or_refused()
    {
        const string letters = "|-| WRxC12:>= {}[]()#_\"\\:\n\t,;.nil?-|";
        for (var seed = 0UL; seed < (ulong)Seeds.Count(2_000); seed++)
        {
            var rng = new Rng(seed);
            var text = new char[rng.Next(1, 60)];
            for (var i = 0; i < text.Length; i++) text[i] = letters[rng.Next(letters.Length)];
            Survives(new(text));
        }
    }

    [Fact]
    public void A_text_that_was_cut_off_anywhere_is_read_or_refused()
    {
        foreach (var text in Valid)
        {
            for (var end = 0; end <= text.Length; end++)
            {
                Survives(text[..end]);
                Survives(text[end..]);
            }
        }
    }

    [Fact]
    public void A_text_with_one_letter_changed_is_read_or_refused()
    {
        const string letters = "|- \t\n\0\"\\{}[]()#:;,_0W?=>\uFEFF\ud800é";
        foreach (var text in Valid)
        {
            for (var at = 0; at < text.Length; at++)
            {
                foreach (var letter in letters)
                {
                    Survives(text[..at] + letter + text[(at + 1)..], null);
                    Survives(text[..at] + letter + text[at..], null);
                }
            }
        }
    }

    /// <summary>In every format, not only in the one that the text looks like.</summary>
    private static void Survives(string text)
    {
        foreach (var format in (HistoryFormat?[])[null, .. Enum.GetValues<HistoryFormat>()]) Survives(text, format);
    }

    /// <summary>What is read is a history that can be written; what is not is refused in one line.</summary>
    private static void Survives(string text, HistoryFormat? format)
    {
        try
        {
            var history = format is { } named ? History.Parse(text, named) : History.Parse(text);
            Assert.Null(History.Flaw(history.Operations));
            // Half a character cannot be written; what can comes back as it was.
            var read = History.Parse(history.ToJson() + " ", HistoryFormat.Json);
            Assert.Equal(read.Operations, History.Parse(read.ToJson() + " ", HistoryFormat.Json).Operations);
        }
        catch (HistoryFormatException refused)
        {
            Assert.StartsWith($"line {refused.Line}: ", refused.Message);
            Assert.InRange(refused.Line, 1, text.Count(letter => letter == '\n') + 1);
            Assert.DoesNotContain('\n', refused.Message);
        }
    }
}
