using Workbook.Check;

namespace Workbook.Tests.Check.Formats;

public sealed class JepsenTests
{
    [Fact]
    public void A_log_gives_each_call_with_what_became_of_it()
    {
        var history = History.Parse("""
            INFO  jepsen.util - 0	:invoke	:read	nil
            INFO  jepsen.util - 2	:invoke	:write	4
            INFO  jepsen.util - 0	:ok	:read	nil
            INFO  jepsen.util - :nemesis	:info	:start	nil
            INFO  jepsen.util - 2	:ok	:write	4
            INFO  jepsen.util - 0	:invoke	:cas	[4 0]
            INFO  jepsen.core - Worker 3 done
            INFO  jepsen.util - 2	:invoke	:cas	[1 3]
            INFO  jepsen.util - 0	:ok	:cas	[4 0]
            INFO  jepsen.util - 2	:fail	:cas	[1 3]
            INFO  jepsen.util - 0	:invoke	:read	nil
            INFO  jepsen.util - 1	:invoke	:write	2
            INFO  jepsen.util - 0	:fail	:read	:timed-out
            INFO  jepsen.util - 1	:info	:write	:timed-out
            INFO  jepsen.util - 7	:invoke	:cas	[2 2]
            """);

        Assert.Equal(
            ["0 read() = nil 0–2", "2 write(4) 1–3", "0 cas(4, 0) = true 4–6", "2 cas(1, 3) = false 5–7", "0 read()! 8–10", "1 write(2)? 9–11", "7 cas(2, 2)? 12–"],
            Said(history));
    }

    [Fact]
    public void Logs_of_all_versions_are_read()
    {
        string[] expected = ["1 write(3) 0–1", "1 read() = 3 2–3"];
        Assert.Equal(expected, Said(History.Parse("""
            2021-02-26 23:39:01,300{GMT}	INFO	[jepsen worker 1] jepsen.util: 1	:invoke	:write	3
            2021-02-26 23:39:01,303{GMT}	INFO	[jepsen worker 1] jepsen.util: 1	:ok	:write	3
            2021-02-26 23:39:01,526{GMT}	INFO	[jepsen worker 1] jepsen.util: 1	:invoke	:read	nil
            2021-02-26 23:39:01,527{GMT}	INFO	[jepsen worker 1] jepsen.util: 1	:ok	:read	3
            """)));
        Assert.Equal(expected, Said(History.Parse("""
            INFO [2019-04-01 11:25:23,719] jepsen worker 1 - jepsen.util 1	:invoke	:write	3
            INFO [2019-04-01 11:25:23,722] jepsen worker 1 - jepsen.util 1	:ok	:write	3
            INFO [2019-04-01 11:25:23,760] jepsen worker 1 - jepsen.generator.interpreter Waiting for recovery...
            INFO [2019-04-01 11:25:23,791] jepsen worker 1 - jepsen.util 1	:invoke	:read	nil
            INFO [2019-04-01 11:25:24,038] jepsen worker 1 - jepsen.util 1	:ok	:read	3
            """)));
        Assert.Equal(expected, Said(History.Parse("""
            [main] jepsen.util 1	:invoke	:write	3
            [main] jepsen.util 1	:ok	:write	3
            [main] jepsen.util 1	:invoke	:read	nil
            [main] jepsen.util 1	:ok	:read	3
            """)));
        Assert.Equal(expected, Said(History.Parse(
            "INFO  jepsen.util - 1 \t:invoke :write \t3 \t:hint 0\nINFO  jepsen.util - 1 \t:ok :write \t3 \t:hint 2\n"
            + "INFO  jepsen.util - 1 \t:invoke :read \tnil \t:hint 0\nINFO  jepsen.util - 1 \t:ok :read \t3 \t:hint 2\n")));
    }

    [Fact]
    public void A_comparison_that_failed_with_an_error_says_nothing_about_the_value()
    {
        var log = "INFO  jepsen.util - 1\t:invoke\t:cas\t[1 2]\nINFO  jepsen.util - 1\t:fail\t:cas\t[1 2]";
        Assert.Equal(["1 cas(1, 2) = false 0–1"], Said(History.Parse(log)));
        Assert.Equal(["1 cas(1, 2)! 0–1"], Said(History.Parse(log + "\t:connection-refused")));
        Assert.Equal(["1 cas(1, 2)! 0–1"], Said(History.Parse(
            "{:process 1, :type :invoke, :f :cas, :value [1 2]} {:process 1, :type :fail, :f :cas, :value [1 2], :error :timeout}")));
    }

    [Fact]
    public void Maps_on_lines_or_in_a_vector_are_the_same_history()
    {
        var lines = """
            {:process 0, :type :invoke, :f :append, :key "0", :value "x 0 0 y"}
            {:process 1, :type :invoke, :f :get, :key "0", :value nil}
            {:process 0, :type :ok, :f :append, :key "0", :value "x 0 0 y"}
            {:process 1, :type :ok, :f :get, :key "0", :value "x 0 0 y"}
            {:process 1, :type :invoke, :f :put, :key "1", :value "é\n\"\\"}
            """;
        string[] expected = ["0 append(0, x 0 0 y) 0–2", "1 get(0) = x 0 0 y 1–3", "1 put(1, é\n\"\\)? 4–"];
        Assert.Equal(expected, Said(History.Parse(lines)));
        Assert.Equal(expected, Said(History.Parse($"; of a test\n[{lines}]")));
        Assert.Equal(expected, Said(History.Parse($"[\n#_{{:left out}} {lines.Replace("{:process", "#jepsen.history.Op{:index 3, :time 4.5e9, :process")}\n]\n")));
    }

    [Fact]
    public void Pairs_of_key_and_value_are_taken_apart_when_all_values_are_such_pairs()
    {
        var history = History.Parse("""
            [{:type :invoke, :f :write, :value [7 2], :process 0, :time 1, :index 0}
             {:type :ok, :f :write, :value [7 2], :process 0, :time 2, :index 1}
             {:type :invoke, :f :read, :value [7 nil], :process 1, :time 3, :index 2}
             {:type :info, :f :start, :value {:n1 :n2}, :process :nemesis, :time 4, :index 3}
             {:type :ok, :f :read, :value [7 2], :process 1, :time 5, :index 4}
             {:type :invoke, :f :cas, :value [7 [2 3]], :process 2, :time 6, :index 5}
             {:type :ok, :f :cas, :value [7 [2 3]], :process 2, :time 7, :index 6}]
            """);
        Assert.Equal(["0 write(7, 2) 0–1", "1 read(7) = 2 2–3", "2 cas(7, 2, 3) = true 4–5"], Said(history));
        Assert.Equal(["0 cas(3, 0) = true 0–1"], Said(History.Parse(
            "[{:type :invoke, :f :cas, :value [3 0], :process 0} {:type :ok, :f :cas, :value [3 0], :process 0}]")));
    }

    [Fact]
    public void Json_is_read_as_one_array_or_as_an_object_a_line()
    {
        const string lines = """
            {"type":"invoke","f":"enqueue","value":1,"process":0,"time":10,"index":0}
            {"type":"invoke","f":"dequeue","value":null,"process":"w1"}
            {"type":"ok","f":"enqueue","value":1,"process":0}
            {"type":"ok","f":"dequeue","value":1,"process":"w1"}
            {"type":"info","f":"start","process":"nemesis"}
            {"type":"invoke","f":"cas","key":"k","value":["a","b"],"process":0}
            {"type":"fail","f":"cas","key":"k","value":["a","b"],"process":0}
            """;
        string[] expected = ["0 enqueue(1) 0–2", "w1 dequeue() = 1 1–3", "0 cas(k, a, b) = false 4–5"];
        Assert.Equal(expected, Said(History.Parse(lines)));
        Assert.Equal(expected, Said(History.Parse($"[{lines.Replace("\n{", ",\n{")}]")));
    }

    [Fact]
    public void A_history_written_as_json_is_read_back_as_it_was()
    {
        Operation[] operations =
        [
            new("row 1", "write", 2, 8) { Key = "x", Argument = "é \"\n\0" },
            new("a", "cas", -5, Operation.Never) { Expected = "1", Argument = "2", Outcome = Outcome.Unknown },
            new("b", "read", long.MinValue, 12) { Result = "" },
            new("b", "put", 12, 13) { Key = "", Argument = "1", Outcome = Outcome.Failed },
        ];
        Assert.Equal(operations, History.Parse(new History(operations).ToJson()).Operations);
        Assert.Equal(operations, History.Parse(new History(operations).ToJson(), HistoryFormat.Json).Operations);
    }

    private static IEnumerable<string> Said(History history) => history.Operations.Select(operation =>
        $"{operation.Client} {operation} {operation.Invoked}–{(operation.Returned == Operation.Never ? "" : operation.Returned)}");
}
