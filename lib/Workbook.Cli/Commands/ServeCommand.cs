using System.CommandLine;
using System.Diagnostics;
using Workbook.Site.Publishing;
using Workbook.Site.Running;
using Workbook.Site.Serving;

namespace Workbook.Cli.Commands;

/// <summary><c>workbook serve</c>: shows the site on this machine and keeps it as new as its notebooks.</summary>
internal static class ServeCommand
{
    private const int NotTried = 2;

    internal static Command Create()
    {
        var port = new Option<int?>("--port", "-p")
        {
            Description = $"The port on 127.0.0.1; 0 for any that is free. Default: {ServeOptions.DefaultPort}, or the next that is free.",
            HelpName = "N",
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var number) && number is < 0 or > 65_535)
                result.AddError($"--port takes a number from 0 to 65535, not {number}.");
        });
        var output = new Option<string?>("--output", "-o") { Description = "The site's folder. Default: site in the repository.", HelpName = "DIR" };
        var open = new Option<bool>("--open") { Description = "Open the site in the browser." };
        var engine = EngineOption.Create();
        var command = new Command("serve", "Show the site on this machine; run what changes again, and load open pages anew.") { port, output, open, engine };
        command.SetAction((parsed, cancellationToken) => ServeAsync(
            parsed.GetValue(port), parsed.GetValue(output), parsed.GetValue(open), parsed.GetValue(engine)!, cancellationToken));
        return command;
    }

    private static async Task<int> ServeAsync(int? port, string? output, bool opens, string engine, CancellationToken cancellationToken)
    {
        try
        {
            var render = new RenderOptions
            {
                Root = RenderOptions.FindRoot(Environment.CurrentDirectory),
                Output = output,
                Engine = NotebookEngine.Named(engine),
            };
            await using var server = new SiteServer(new ServeOptions { Render = render, Port = port }, told: Tell);
            await server.StartAsync(cancellationToken);
            Console.WriteLine($"{server.Address} (Ctrl-C ends)");
            if (opens)
                Open(server.Address);
            await server.Completion.WaitAsync(cancellationToken);
            return 0;
        }
        catch (Exception error) when (error is SiteException or EngineException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return NotTried;
        }
        catch (OperationCanceledException)
        {
            // To interrupt it is how a server is ended.
            return 0;
        }
    }

    private static void Tell(ServeNews news)
    {
        foreach (var notebook in news.Result?.Notebooks ?? [])
        {
            if (!notebook.FromCache)
                Console.WriteLine($"{notebook.Name}  {notebook.Cells} cells, {notebook.Elapsed.TotalSeconds:0.0} s");
        }
        if (news.Notice is { } notice)
            Console.Error.WriteLine(notice);
        else if (news.Result is { } result)
            Console.WriteLine(result.Summary);
    }

    private static void Open(Uri address)
    {
        try
        {
            Process.Start(new ProcessStartInfo(address.ToString()) { UseShellExecute = true })?.Dispose();
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Console.Error.WriteLine("No browser could be opened; open the address above in one.");
        }
    }
}
