using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workbook.Draw;

namespace Workbook.Tests.Draw;

public sealed class ReplayTests
{
    private const string Evil = "</script><script>alert(1)</script><!--\"'&\u2028\ud800";

    [Fact]
    public void What_the_page_is_told_of_each_step_leads_to_the_same_state_as_the_steps_themselves()
    {
        for (var seed = 0UL; seed < (ulong)Seeds.Count(20); seed++)
        {
            var replay = ReplaySamples.Random(seed, 400);
            var (decoder, state) = (new ReplayDecoder(replay.ToJson()), new ReplayState());
            for (var step = 0; step < replay.Steps.Count; step++)
            {
                decoder.Apply(step);
                state.Apply(replay.Steps[step]);
                var wanted = replay.Nodes.SelectMany(node => state[node].Select(field => ((node, field.Field), field.View))).ToDictionary();
                Assert.Equal(wanted, decoder.Fields);
                Assert.Equal(state.Down.Order(StringComparer.Ordinal), decoder.Down);
                Assert.Equal(state.Verdicts.ToDictionary(verdict => verdict.Property, verdict => verdict.Holds), decoder.Verdicts);
                Assert.Equal(replay.Steps[step].Text, decoder.Line(step));
            }
        }
    }

    [Fact]
    public void The_last_steps_begin_with_the_state_that_the_others_led_to_and_with_what_was_under_way()
    {
        var replay = ReplaySamples.Random(3, 500);
        var last = replay.Last(100);
        var (whole, part) = (new ReplayDecoder(replay.ToJson()), new ReplayDecoder(last.ToJson()));
        Assert.Equal((100, 400), (last.Steps.Count, last.LeftOut));
        for (var step = 0; step < 500; step++)
        {
            whole.Apply(step);
            if (step < 400) continue;
            part.Apply(step - 400);
            Assert.Equal(whole.Fields, part.Fields);
            Assert.Equal(whole.Down, part.Down);
        }

        var flying = from message in whole.Messages()
                     where message.Sent <= 400 && (message.End > 400 || message.End < 0)
                     select (message.From, message.To, message.End < 0 ? -1 : message.End - 400);
        Assert.Equal(flying, part.Messages().Where(message => message.Sent == 0).Select(message => (message.From, message.To, message.End)));
        Assert.Same(replay, replay.Last(500));
    }

    [Fact]
    public void A_message_that_was_doubled_goes_two_ways_and_one_that_never_arrives_has_no_end()
    {
        ReplayStep[] steps =
        [
            new(ReplaySamples.Ms(0), "begin") { Sent = [new(1, "a", "b", "Twice"), new(2, "a", "b", "Never"), new(3, "b", "a", "Lost")] },
            new(ReplaySamples.Ms(1), "first") { Ended = [new(1)] },
            new(ReplaySamples.Ms(2), "second") { Ended = [new(3, "cut off"), new(1)] },
        ];
        var decoder = new ReplayDecoder(new Replay("t", ["a", "b"], steps).ToJson());
        Assert.Equal(
            [("a", "b", "Twice", 0, 1, null), ("a", "b", "Twice", 0, 2, null), ("a", "b", "Never", 0, -1, null), ("b", "a", "Lost", 0, 2, "cut off")],
            decoder.Messages());
    }

    [Fact]
    public void Twenty_thousand_steps_are_less_than_two_megabytes()
    {
        var json = ReplaySamples.Random(1, 20_000, longestLog: 200).ToJson();
        Assert.InRange(json.Length, 200_000, 2_000_000);
    }

    [Fact]
    public void No_text_can_end_the_script_that_the_data_stand_in()
    {
        var step = new ReplayStep(ReplaySamples.Ms(0), Evil, Evil)
        {
            Changes = [new(Evil, Evil, ReplayView.Text(Evil)), new(Evil, "log", ReplayView.Log([new(1, Evil)]))],
            Sent = [new(1, Evil, Evil, Evil, Evil)],
            Remarks = [Evil],
            Source = new(Evil, 1) { Excerpt = Evil },
        };
        var replay = new Replay(Evil, [Evil], [step]);
        Assert.NotNull(JsonNode.Parse(replay.ToJson()));
        Assert.DoesNotContain("<", replay.ToJson());
        var html = replay.ToMimeBundle().Html;
        Assert.Equal(2, Regex.Count(html, "<script", RegexOptions.IgnoreCase));
        Assert.Equal(2, Regex.Count(html, "</script", RegexOptions.IgnoreCase));
        Assert.DoesNotContain("alert(1)<", html);
    }

    [Fact]
    public void The_words_tell_what_happened_and_the_table_how_it_began_and_ended()
    {
        Assert.Equal("A short story. 5 steps of 2 nodes (a and b) from 0 s to 30 ms: 2 messages, 1 lost. Landmarks: work once (first in step 2, 10 ms). "
            + "Broken: Nothing is lost in step 4, 20 ms.", ReplaySamples.Story().Alt);
        Assert.EndsWith("""
            state at 0 s and 30 ms
            node  field  first  last
            ────  ─────  ─────  ────
            a     count  0      1
            b     role   idle   busy
            """.ReplaceLineEndings("\n"), ReplaySamples.Story().ToText());
    }

    [Fact]
    public void Where_no_script_runs_the_words_are_there_and_a_word_about_the_script()
    {
        var html = ReplaySamples.Story().ToMimeBundle().Html;
        Assert.Contains("id=\"replay-a-short-story\"", html);
        Assert.Contains("role=\"group\" aria-label=\"A short story\"", html);
        Assert.Matches("<noscript>.*JavaScript.*</noscript>", html);
        Assert.Contains("<td>idle</td><td>busy</td>", html);
    }

    [Fact]
    public void Nothing_is_asked_of_any_server()
    {
        var html = ReplaySamples.Story().ToMimeBundle().Html.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal);
        Assert.DoesNotMatch("https?:|\\bfetch\\(|XMLHttpRequest|\\bimport\\b|<link| src=", html);
    }

    [Fact]
    public void Two_runs_know_where_they_first_differ()
    {
        Assert.Null(Beside(ReplaySamples.Story(), ReplaySamples.Story()).FirstDifference);
        Assert.Equal(1, Beside(ReplaySamples.Story(), ReplaySamples.Story("b receives nothing")).FirstDifference);
        Assert.Equal(4, Beside(ReplaySamples.Random(1, 4), ReplaySamples.Random(1, 9)).FirstDifference);
        var one = ReplaySamples.Random(1, 300);
        var changed = one.Steps.Select((step, at) => at == 200 ? step with { Changes = [new("s1", "term", 99)] } : step);
        Assert.Equal(200, Beside(one, new("other", one.Nodes, changed)).FirstDifference);
        Assert.Contains("They first differ in step 2: on: 10 ms b receives Ping from a; off: 10 ms b receives nothing.",
            Beside(ReplaySamples.Story(), ReplaySamples.Story("b receives nothing")).Alt);

        static ReplayPair Beside(Replay left, Replay right) => Replay.Beside("Rule on and off", ("on", left), ("off", right));
    }

    [Fact]
    public void Both_runs_of_a_pair_are_told_with_one_table_of_texts()
    {
        var pair = Replay.Beside("t", ("on", ReplaySamples.Random(1, 50)), ("off", ReplaySamples.Random(2, 50)));
        foreach (var (side, run) in new[] { (0, pair.Left.Run), (1, pair.Right.Run) })
        {
            var (decoder, state) = (new ReplayDecoder(pair.ToJson(), side), new ReplayState());
            for (var step = 0; step < decoder.Count; step++)
            {
                decoder.Apply(step);
                state.Apply(run.Steps[step]);
            }
            Assert.Equal(run.Nodes.SelectMany(node => state[node]).Count(), decoder.Fields.Count);
        }
    }

    [Theory]
    [InlineData("Figure 8, rule off", "figure-8-rule-off")]
    [InlineData("  What if s2's vote is lost?  ", "what-if-s2-s-vote-is-lost")]
    [InlineData("a very long title of a replay that goes on and on", "a-very-long-title-of-a-replay-that-goes")]
    public void A_title_names_a_replay_in_the_address(string title, string id) =>
        Assert.Equal(id, new Replay(title, ["a"], [new(default, "begin")]).Id);

    [Fact]
    public void A_name_of_the_authors_own_wins_and_one_without_letters_is_refused()
    {
        Assert.Equal("fig-8", ReplaySamples.Story().Named("Fig 8").Id);
        Assert.Throws<ArgumentException>(() => ReplaySamples.Story().Named("?"));
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_with_a_sentence()
    {
        Refused("at least one node and one step");
        Refused("named twice", ["a", "a"], new ReplayStep(default, "x"));
        Refused("before the step in front of it", ["a"], new(ReplaySamples.Ms(2), "x"), new(ReplaySamples.Ms(1), "y"));
        Refused("'b', which is not among the nodes", ["a"], new ReplayStep(default, "x", "b"));
        Refused("'b', which is not among the nodes", ["a"], new ReplayStep(default, "x") { Changes = [new("b", "f", 1)] });
        Refused("sent again", ["a"], new(default, "x") { Sent = [new(1, "a", "a", "m")] }, new(default, "y") { Sent = [new(1, "a", "a", "m")] });
        Refused("no step sent it", ["a"], new ReplayStep(default, "x") { Ended = [new(1)] });
        Assert.Contains("2 cells for 1 columns", Assert.Throws<ArgumentException>(() => ReplayView.Table(["s1"], ("next", [1, 2]))).Message);

        static void Refused(string sentence, string[]? nodes = null, params ReplayStep[] steps) =>
            Assert.Contains(sentence, Assert.Throws<ArgumentException>(() => new Replay("t", nodes ?? [], steps)).Message);
    }

    [Fact]
    public void Of_a_very_long_run_the_last_steps_are_told_and_the_words_say_so()
    {
        var steps = Enumerable.Range(0, Replay.MostSteps + 7).Select(at => new ReplayStep(ReplaySamples.Ms(at), "tick", "a") { Changes = [new("a", "count", at)] });
        var replay = new Replay("t", ["a"], steps);
        Assert.Contains("The 7 steps before them are left out.", replay.Alt);
        Assert.Equal(Replay.MostSteps, new ReplayDecoder(replay.ToJson()).Count);
        Assert.Contains("50,007 steps", Assert.Throws<ArgumentException>(() => Replay.Beside("t", ("a", replay), ("b", replay))).Message);
    }

    [Fact]
    public void Views_are_equal_when_they_show_the_same()
    {
        Assert.Equal(ReplayView.Log([new(1, "x")], 1), ReplayView.Log([new(1, "x")], 1));
        Assert.NotEqual(ReplayView.Log([new(1, "x")], 1), ReplayView.Log([new(1, "x")], 0));
        Assert.Equal(ReplayView.Table(["a"], ("n", [1])), ReplayView.Table(["a"], ("n", [1])));
        Assert.NotEqual(ReplayView.Table(["a"], ("n", [1])), ReplayView.Table(["a"], ("n", [2])));
        Assert.Equal(ReplayView.List("a", "b"), ReplayView.List("a", "b"));
        Assert.Equal("… 3: 2:y 2:y 2:y 2:y 2:y 2:y 2:y 3:z (5 committed)", ReplayView.Log([new(1), new(1), .. Enumerable.Repeat(new LogCell(2, "y"), 7), new(3, "z")], 5).ToString());
    }
}
