using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Workbook.Site.Tests.Pages;

/// <summary>What axe-core, a public collection of rules made from WCAG and good practice, has against a page as it stands now.</summary>
internal static class PageAccess
{
    /// <summary>Two rules load the style once more to look for locked screens and for sound; a browser forbids that to a page opened from a file.</summary>
    private static readonly AxeRunOptions Options = new()
    {
        Rules = new()
        {
            ["css-orientation-lock"] = new() { Enabled = false },
            ["no-autoplay-audio"] = new() { Enabled = false },
        },
    };

    /// <summary>A line for each element that breaks a rule; hidden elements are not looked at.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page)
    {
        var result = await page.RunAxe(Options);
        return [.. result.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{rule.Id}: {rule.Help}: {node.Html[..Math.Min(200, node.Html.Length)]}"))];
    }

    /// <summary>Presses Tab until it comes round; a line for each element that can be used and is not reached, or is reached and not seen.</summary>
    public static async Task<IReadOnlyList<string>> UnreachableAsync(IPage page)
    {
        await page.EvaluateAsync("() => { document.activeElement?.blur(); scrollTo({ top: 0, behavior: 'instant' }); }");
        var complaints = new List<string>();
        for (var press = 0; press < 1000; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            var found = await page.EvaluateAsync<string?>(Walk);
            if (found == "round")
                break;
            if (found is not null)
                complaints.Add(found);
        }
        return [.. complaints, .. await page.EvaluateAsync<string[]>(Missed)];
    }

    private const string Walk = """
        async () => {
          const here = document.activeElement;
          if (here === document.body || here.dataset.walked) return 'round';
          here.dataset.walked = 'true';
          const name = here.outerHTML.slice(0, 120);
          const place = here.matches('input') ? here.closest('label') ?? here : here;
          const box = place.getBoundingClientRect();
          if (!here.checkVisibility({ visibilityProperty: true }) || box.width < 2 || box.height < 2) return 'not seen: ' + name;
          if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) return 'outside the window: ' + name;
          const isMarked = element => getComputedStyle(element).outlineStyle !== 'none';
          const marked = isMarked(here) || isMarked(place) || here.matches('.skip');
          return marked ? null : 'without a mark of the focus: ' + name;
        }
        """;

    private const string Missed = """
        () => {
          const groups = new Set([...document.querySelectorAll('input[type=radio][data-walked]')].map(radio => radio.name));
          return [...document.querySelectorAll('a[href], button, input, textarea, select, summary, [tabindex="0"]')]
            .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && element.tabIndex >= 0)
            .filter(element => !element.dataset.walked && !groups.has(element.name))
            .map(element => 'not reached: ' + element.outerHTML.slice(0, 120));
        }
        """;
}
