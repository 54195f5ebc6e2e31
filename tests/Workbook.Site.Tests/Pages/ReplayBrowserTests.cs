using Microsoft.Playwright;
using Workbook.Draw;
using Xunit;

namespace Workbook.Site.Tests.Pages;

public sealed class ReplayBrowserTests(SiteInBrowser site)
{
    private const string One = "#replay-a-toy-election";
    private const string Two = "#replay-vote-once";

    private static readonly Replay Run = Pictures.Election();

    [Fact]
    public async Task Stepping_shows_what_each_step_says_and_the_state_it_leads_to()
    {
        await using var open = await site.OpenAsync("03-pictures.html");
        for (var step = 1; step <= 40; step++)
        {
            await open.Page.ClickAsync($"{One} [aria-label='step forward']");
            Assert.Contains(Run.Steps[step].Text, await Text(open, $"{One} .rp-line"));
        }

        var slow = await States(open);
        await open.Page.PressAsync($"{One} .rp-slider", "End");
        Assert.Contains(Run.Steps[^1].Text, await Text(open, $"{One} .rp-line"));
        await open.Page.PressAsync($"{One} .rp-slider", "Home");
        for (var step = 0; step < 4; step++) await open.Page.PressAsync($"{One} .rp-slider", "PageUp");
        Assert.Equal(slow, await States(open));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Going_back_shows_the_same_as_going_forward()
    {
        await using var open = await site.OpenAsync("03-pictures.html");
        var differ = await open.Page.EvaluateAsync<int[]>("""
            () => {
              const place = document.querySelector('#replay-a-toy-election'), widget = place.replay, looks = [], differ = [];
              const look = () => ['.rp-nodes', '.rp-scene', '.rp-properties', '.rp-source'].map(part => place.querySelector(part).innerHTML).join();
              for (let step = 0; step < widget.count; step++) { widget.go(step); looks.push(look()); }
              for (let step = widget.count - 1; step >= 0; step -= 5) { widget.go(step); if (look() !== looks[step]) differ.push(step); }
              for (let jump = 0; jump < widget.count; jump += 29) { widget.go((jump * 31) % widget.count); if (look() !== looks[widget.position]) differ.push(jump); }
              return differ;
            }
            """);

        Assert.Empty(differ);
    }

    [Theory]
    [InlineData("ArrowRight", 101)]
    [InlineData("ArrowLeft", 99)]
    [InlineData("PageUp", 110)]
    [InlineData("PageDown", 90)]
    [InlineData("Shift+PageUp", 200)]
    [InlineData("Shift+PageDown", 1)]
    [InlineData("Home", 1)]
    public async Task Keys_step(string key, int position)
    {
        await using var open = await site.OpenAsync($"03-pictures.html{One}-100");
        await open.Page.FocusAsync(One);
        await open.Page.Keyboard.PressAsync(key);
        Assert.Contains($"step {position} of", await Text(open, $"{One} .rp-place"));
        await open.Page.FocusAsync($"{One} .rp-slider");
        await open.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Contains($"step {position + 1} of", await Text(open, $"{One} .rp-place"));
        Assert.Contains($"step {position + 1} of", await open.Page.GetAttributeAsync($"{One} .rp-slider", "aria-valuetext"));
    }

    [Fact]
    public async Task Space_plays_and_stops_and_on_a_button_it_presses_the_button()
    {
        await using var open = await site.OpenAsync("03-pictures.html");
        await open.Page.SelectOptionAsync($"{One} [aria-label='steps a second']", "20");
        await open.Page.FocusAsync(One);
        await open.Page.Keyboard.PressAsync(" ");
        await open.Page.WaitForFunctionAsync($"document.querySelector('{One}').replay.position > 4");
        await open.Page.Keyboard.PressAsync(" ");
        var stopped = await Position(open);
        await open.Page.FocusAsync($"{One} [aria-label='step back']");
        await open.Page.Keyboard.PressAsync(" ");
        Assert.Equal(stopped - 1, await Position(open));
    }

    [Fact]
    public async Task An_address_leads_to_its_step_and_stepping_writes_the_address()
    {
        await using var open = await site.OpenAsync($"03-pictures.html{One}-33");
        Assert.Equal(32, await Position(open));
        await open.Page.PressAsync($"{One} .rp-slider", "ArrowRight");
        await open.Page.WaitForFunctionAsync($"location.hash === '{One}-34'");
        await open.Page.ReloadAsync();
        Assert.Equal(33, await Position(open));
        Assert.True(await open.Page.EvaluateAsync<double>($"document.querySelector('{One}').getBoundingClientRect().top") < 400);
    }

    [Fact]
    public async Task Widgets_on_one_page_do_not_fight_over_the_address()
    {
        await using var open = await site.OpenAsync("03-pictures.html");
        await open.Page.ClickAsync("text=its twin's");
        Assert.Equal((0, 6), (await Position(open), await Position(open, $"{One}-2")));
        await open.Page.ClickAsync("text=Step 42");
        Assert.Equal((41, 6), (await Position(open), await Position(open, $"{One}-2")));
        Assert.Equal(0, await Position(open, Two));
        await open.Page.PressAsync($"{Two} .rp-slider", "ArrowRight");
        await open.Page.WaitForFunctionAsync($"location.hash === '{Two}-2'");
        Assert.Equal((41, 6), (await Position(open), await Position(open, $"{One}-2")));
    }

    [Fact]
    public async Task One_can_jump_to_the_next_landmark_of_a_node()
    {
        await using var open = await site.OpenAsync("03-pictures.html");
        await open.Page.SelectOptionAsync($"{One} [aria-label='what to look for']", "leader");
        await open.Page.SelectOptionAsync($"{One} [aria-label='on which node']", "s3");
        var wanted = Run.Steps.Index().Where(step => step.Item.Node == "s3" && step.Item.Landmarks.Contains("leader")).Select(step => step.Index).ToList();
        Assert.NotEmpty(wanted);
        foreach (var step in wanted)
        {
            await open.Page.ClickAsync($"{One} [aria-label='next of these']");
            Assert.Equal(step, await Position(open));
        }

        await open.Page.ClickAsync($"{One} [aria-label='next of these']");
        Assert.Equal(wanted[^1], await Position(open));
        Assert.Equal("There is none after this step.", await Text(open, $"{One} .rp-said"));
    }

    [Fact]
    public async Task Two_runs_go_in_lock_step_by_time_and_one_button_leads_to_the_first_difference()
    {
        var pair = Pictures.Pair();
        await using var open = await site.OpenAsync("03-pictures.html");
        await open.Page.ClickAsync($"{Two} .rp-difference button");
        Assert.Equal(pair.FirstDifference, await Position(open, Two));
        Assert.Equal(2, await open.Page.Locator($"{Two} .rp-panel").CountAsync());
        Assert.True(await open.Page.Locator($"{Two} .rp-differs").CountAsync() > 0);
        await open.Page.EvaluateAsync($"document.querySelector('{Two}').replay.go({pair.FirstDifference - 1})");
        Assert.Equal(0, await open.Page.Locator($"{Two} .rp-differs").CountAsync());

        var apart = await open.Page.EvaluateAsync<double[]>($$"""
            () => {
              const widget = document.querySelector('{{Two}}').replay, [left, right] = widget.runs, wrong = [];
              for (let at = 1; at < widget.count; at++) {
                const [one, other] = [widget.steps[0][at], widget.steps[1][at]], now = Math.max(left.times[one], right.times[other]);
                // Neither side may lag behind what it could show by now, nor stand still on both sides.
                if (left.times[one + 1] < now || right.times[other + 1] < now) wrong.push(at);
                if (one === widget.steps[0][at - 1] && other === widget.steps[1][at - 1]) wrong.push(-at);
              }
              return [...wrong, widget.steps[0].at(-1) - left.count + 1, widget.steps[1].at(-1) - right.count + 1];
            }
            """);
        Assert.Equal([0, 0], apart);
    }

    [Fact]
    public async Task A_broken_property_is_marked_and_so_is_a_node_that_is_down()
    {
        await using var open = await site.OpenAsync("03-pictures.html");
        await open.Page.SelectOptionAsync($"{Two} [aria-label='what to look for']", "property broken");
        await open.Page.ClickAsync($"{Two} [aria-label='next of these']");
        Assert.Equal("✗ One leader a term is broken", await Text(open, $"{Two} .rp-broken"));

        var crash = Run.Steps.Index().First(step => step.Item.Crashed.Contains("s2")).Index;
        await open.Page.EvaluateAsync($"document.querySelector('{One}').replay.go({crash})");
        Assert.StartsWith("s2", await Text(open, $"{One} .rp-row.rp-dead"));
        Assert.Equal("s2", await Text(open, $"{One} .rp-node.rp-dead text"));
    }

    [Fact]
    public async Task The_code_that_ran_is_shown_with_its_lines()
    {
        var step = Run.Steps.Index().First(step => step.Item.Text.Contains("receives AskVote", StringComparison.Ordinal));
        await using var open = await site.OpenAsync($"03-pictures.html{One}-{step.Index + 1}");
        Assert.Equal($"ToyServer.cs:{step.Item.Source!.Line} tests/Workbook.Tests/Parts/", await Text(open, $"{One} .rp-source summary"));
        Assert.StartsWith($"{step.Item.Source.Line}private void Receive(AskVote ask, Sender from)", await Text(open, $"{One} .rp-code span"));
    }

    /// <summary>VS Code and JupyterLab set an output's HTML first and run copies of its scripts afterwards.</summary>
    [Fact]
    public async Task It_also_works_in_an_editor_that_puts_the_markup_in_place_and_then_runs_its_scripts()
    {
        await using var open = await site.OpenAsync("index.html");
        await open.Page.EvaluateAsync("""
            html => {
              const output = document.createElement('div');
              document.body.append(output);
              output.innerHTML = html;
              for (const script of [...output.querySelectorAll('script')]) {
                const copy = document.createElement('script');
                copy.type = script.type;
                copy.text = script.innerText;
                output.append(copy);
                copy.remove();
              }
            }
            """, Run.ToMimeBundle().Html);
        await open.Page.PressAsync($"{One} .rp-slider", "ArrowRight");

        Assert.Contains(Run.Steps[1].Text, await Text(open, $"{One} .rp-line"));
        Assert.Empty(open.Complaints);
        Assert.Empty(open.RequestsElsewhere);
    }

    [Fact]
    public async Task Without_scripts_the_first_and_the_last_state_can_be_read()
    {
        await using var open = await site.OpenAsync("03-pictures.html", scripts: false);

        Assert.Contains("needs JavaScript", await Text(open, $"{One} noscript"));
        Assert.Contains("state at 0 s and", await Text(open, $"{One} table caption"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task All_text_has_the_contrast_that_WCAG_AA_asks_for(ColorScheme scheme)
    {
        await using var open = await site.OpenAsync($"03-pictures.html{Two}-21", scheme: scheme);
        Assert.Empty(await open.Page.EvaluateAsync<string[]>(Contrast.Script));
    }

    /// <summary>The budget of the course is one second; how long it took is reported, since a loaded machine proves nothing.</summary>
    [Fact]
    public async Task A_run_of_twenty_thousand_steps_opens_and_steps_without_a_lag_that_grows_with_its_length()
    {
        await using var small = await site.OpenAsync("03-pictures.html");
        await using var open = await site.OpenAsync("04-long.html");
        const string id = "#replay-a-random-run";
        var opened = await Milliseconds(open, $"() => document.querySelector('{id}').replay.openedIn");
        var step = await Milliseconds(open, Stepping(id));
        var shortStep = await Milliseconds(small, Stepping(One));
        var jump = await Milliseconds(open, $"() => {{ const w = document.querySelector('{id}').replay, t = performance.now(); for (let i = 0; i < 50; i++) w.go((i * 7919) % w.count); return (performance.now() - t) / 50; }}");
        TestContext.Current.SendDiagnosticMessage($"20,000 steps: opened in {opened:0} ms, a step {step:0.00} ms (in a short run {shortStep:0.00} ms), a jump {jump:0.00} ms");

        Assert.Equal(20_000, await open.Page.EvaluateAsync<int>($"document.querySelector('{id}').replay.count"));
        Assert.True(step < 20 * shortStep + 5, $"A step of the long run takes {step} ms, one of a short run {shortStep} ms.");

        static string Stepping(string id) =>
            $"() => {{ const w = document.querySelector('{id}').replay, t = performance.now(); for (let i = 0; i < 300; i++) w.go(i + 20); return (performance.now() - t) / 300; }}";
    }

    private static Task<double> Milliseconds(OpenPage open, string script) => open.Page.EvaluateAsync<double>(script);

    private static async Task<string> Text(OpenPage open, string selector) => (await open.Page.Locator(selector).First.TextContentAsync())!;

    private static Task<string> States(OpenPage open) => Text(open, $"{One} .rp-nodes");

    private static Task<int> Position(OpenPage open, string id = One) => open.Page.EvaluateAsync<int>($"document.querySelector('{id}').replay.position");
}
