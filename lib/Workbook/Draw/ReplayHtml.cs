using System.Net;

namespace Workbook.Draw;

/// <summary>
/// A replay as markup that stands by itself: its words, which stay where no script runs, its data, and the script that puts the widget in
/// their place. Nothing is fetched from anywhere.
/// </summary>
internal static class ReplayHtml
{
    /// <summary>The parts of the script, in the order in which they use each other.</summary>
    private static readonly string[] Parts = ["replay-run.js", "replay-fields.js", "replay-network.js", "replay-panel.js", "replay-controls.js", "replay-keys.js", "replay.js"];

    private static readonly Lazy<string> Script = new(() => string.Join('\n', Parts.Select(part => Resource.Text(part).TrimEnd())));

    private static readonly Lazy<string> Style = new(() => Resource.Text("replay.css").TrimEnd());

    public static string Of(string title, string id, string alt, IEnumerable<Table> states, string json)
    {
        var hash = FigureHtml.Hash(json);
        return $$"""
            <style>{{Style.Value}}</style>
            <div class="wb-replay" id="replay-{{id}}" data-replay="{{hash}}" role="group" aria-label="{{WebUtility.HtmlEncode(title)}}">
            <p>{{WebUtility.HtmlEncode(alt)}}</p>
            <noscript><p>Stepping through the run needs JavaScript. This is the state it began and ended with.</p></noscript>
            {{string.Join('\n', states.Select(table => table.ToHtml()))}}
            <script type="application/json">{{json}}</script>
            </div>
            <script>
            (function () {
            {{Script.Value}}
            workbookReplay("{{hash}}");
            })();
            </script>
            """;
    }
}
