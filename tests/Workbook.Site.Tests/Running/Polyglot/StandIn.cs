using Workbook.Site.Running;
using Workbook.Site.Running.Polyglot;
using Workbook.Site.Tests.Exporting;

namespace Workbook.Site.Tests.Running.Polyglot;

/// <summary>
/// A small process that speaks as .NET Interactive's kernel does. A cell is the script of what it answers, a line each; the file
/// <c>stand-in.txt</c> in the notebook's folder says how it starts.
/// </summary>
internal static class StandIn
{
    private const string Source = """
        using System;
        using System.IO;
        using System.Text;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Threading;

        Console.InputEncoding = Console.OutputEncoding = new UTF8Encoding(false);
        var output = Console.Out;
        if (string.Join(' ', args[..4]) != "stdio --default-kernel csharp --working-dir" || args[4] != Environment.CurrentDirectory)
        {
            Console.Error.WriteLine($"stand-in: unknown arguments {string.Join(' ', args)}");
            return 64;
        }
        var start = File.Exists("stand-in.txt") ? File.ReadAllText("stand-in.txt").Trim() : "";
        if (start == "dies") { Console.Error.WriteLine("stand-in: no such kernel"); return 3; }
        if (start == "deaf") Thread.Sleep(Timeout.Infinite);
        if (start == "greets") output.WriteLine("Welcome to .NET!\n---\n{ not JSON\n{\"eventType\": 7}");
        Tell("KernelReady", "", new JsonObject());
        while (Console.In.ReadLine() is { } line)
        {
            var request = JsonNode.Parse(line)!;
            var token = (string)request["token"]!;
            if ((string)request["commandType"]! != "SubmitCode" || (string)request["command"]!["targetKernelName"]! != "csharp") return 65;
            string failure = null;
            foreach (var step in ((string)request["command"]!["code"]!).Split('\n'))
            {
                var words = step.Split(' ', 4);
                var rest = step.Contains(' ') ? step[(step.IndexOf(' ') + 1)..] : "";
                switch (words[0])
                {
                    case "//out": Tell("StandardOutputValueProduced", token + ".1", Values(("text/plain", rest + "\n"))); break;
                    case "//err": Tell("StandardErrorValueProduced", token + ".1", Values(("text/plain", rest + "\n"))); break;
                    case "//return": Tell("ReturnValueProduced", token, Values(("text/html", $"<b>{rest}</b>"), ("text/plain", rest))); break;
                    case "//show": Tell("DisplayedValueProduced", token, Values((words[2], words[3])), words[1]); break;
                    case "//update": Tell("DisplayedValueUpdated", token, Values((words[2], words[3])), words[1]); break;
                    case "//warning": Tell("DiagnosticsProduced", token, Diagnostics("warning", 1, "CS0168", rest)); break;
                    case "//error":
                        // The kernel tells the same complaints for the command and for its sub-command.
                        for (var i = 0; i < 2; i++) Tell("DiagnosticsProduced", token, Diagnostics("error", int.Parse(words[1]), words[2], words[3]));
                        failure = "(1,1): error";
                        break;
                    case "//fail": failure = rest.Replace("\\n", "\n"); break;
                    case "//native": output.WriteLine(rest); break;
                    case "//late": Tell("StandardOutputValueProduced", rest.Split(' ')[0], Values(("text/plain", rest + "\n"))); break;
                    case "//stderr": Console.Error.WriteLine(rest); break;
                    case "//exit": output.Flush(); return int.Parse(rest);
                    case "//half": output.Write("{\"eventType\":\"ReturnVal"); output.Flush(); Environment.FailFast("half a line"); break;
                    case "//sleep": output.Flush(); Thread.Sleep(Timeout.Infinite); break;
                    case "//close": output.Flush(); Console.OpenStandardOutput().Dispose(); Thread.Sleep(Timeout.Infinite); break;
                    case "//flood":
                        for (var i = 0; i < int.Parse(rest); i++) Tell("StandardOutputValueProduced", token, Values(("text/plain", new string('x', 1000) + "\n")));
                        break;
                    case "//forever":
                        while (true) Tell("StandardOutputValueProduced", token, Values(("text/plain", new string('x', 1000))));
                    case "//big": Tell("ReturnValueProduced", token, Values(("text/plain", new string('y', int.Parse(rest))))); break;
                    case "//child":
                        var child = System.Diagnostics.Process.Start("sleep", "600");
                        Tell("ReturnValueProduced", token, Values(("text/plain", child.Id.ToString())));
                        break;
                    case "//memory":
                        var held = new byte[int.Parse(rest)][];
                        for (var i = 0; i < held.Length; i++) Array.Fill(held[i] = new byte[1 << 20], (byte)1);
                        output.Flush(); Thread.Sleep(Timeout.Infinite); GC.KeepAlive(held);
                        break;
                }
            }
            Tell("CommandSucceeded", token + ".1", new JsonObject());
            if (failure is null) Tell("CommandSucceeded", token, new JsonObject());
            else Tell("CommandFailed", token, new JsonObject { ["message"] = failure });
        }
        return 0;

        void Tell(string type, string token, JsonObject body, string id = null)
        {
            if (id != null) body["valueId"] = id;
            var command = new JsonObject { ["token"] = token, ["commandType"] = "SubmitCode" };
            output.WriteLine(new JsonObject { ["eventType"] = type, ["event"] = body, ["command"] = command, ["routingSlip"] = new JsonArray() }.ToJsonString());
            output.Flush();
        }

        JsonObject Values(params (string Type, string Text)[] forms)
        {
            var list = new JsonArray();
            foreach (var (type, text) in forms) list.Add(new JsonObject { ["mimeType"] = type, ["value"] = text, ["suppressDisplay"] = false });
            return new JsonObject { ["formattedValues"] = list };
        }

        JsonObject Diagnostics(string severity, int column, string code, string message)
        {
            JsonObject At(int character) => new() { ["line"] = 0, ["character"] = character };
            var span = new JsonObject { ["start"] = At(column - 1), ["end"] = At(column + 2) };
            var one = new JsonObject { ["linePositionSpan"] = span, ["severity"] = severity, ["code"] = code, ["message"] = message };
            return new JsonObject { ["diagnostics"] = new JsonArray { one } };
        }
        """;

    private static readonly Lazy<string> File = new(() => Programs.Compile(
        Path.Combine(Directory.CreateTempSubdirectory("workbook-stand-in-").FullName, "stand-in.dll"), Source));

    /// <summary>The stand-in's file, which can be named where the tool is expected.</summary>
    internal static string Program => File.Value;

    internal static RunNotebook Run => new PolyglotRunner(InteractiveTool.At(File.Value)).RunAsync;
}
