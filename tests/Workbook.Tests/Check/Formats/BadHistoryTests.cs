using Workbook.Check;

namespace Workbook.Tests.Check.Formats;

/// <summary>What is no history gets one sentence with the line, and never another exception.</summary>
public sealed class BadHistoryTests
{
    [Theory]
    [InlineData("", "line 1: there is nothing here but blanks; a history has at least one operation.")]
    [InlineData(" \n\t\n", "line 1: there is nothing here but blanks; a history has at least one operation.")]
    [InlineData("\n\nonce upon a time", "line 3: 'once upon a time' begins no history; there should be a drawing (|-Wx1-|), a line of Jepsen's log (INFO  jepsen.util - 2 :invoke :cas [3 0]), EDN ({:process 0, :type :invoke, :f :read, :value nil}) or JSON.")]
    [InlineData("ELF\u0001\u0002\0\0", "line 1: this is no text but binary data, which no format of histories is.")]
    public void A_text_in_no_format_is_refused(string text, string message) => Refused(text, message);

    [Theory]
    [InlineData("|-Wx1-|\nWx2", "line 2: there is no bar in 'Wx2'; an operation is drawn |-Wx1-|, and a line of words begins with #.")]
    [InlineData("|-Wx1-|\n  Wx2-|", "line 2: 'Wx2-' stands before the first bar; the label of a row ends with a colon, C1:, and a bar begins with |-.")]
    [InlineData("|-Wx1-| Wx2-|", "line 1: 'Wx2-|' stands where the next bar should begin, |-; words after the bars begin with #.")]
    [InlineData("|-Wx1-| -Wx2-|", "line 1: '-Wx2-|' stands where the next bar should begin, |-.")]
    [InlineData("|-Wx1-|\n |-Wx", "line 2: the bar '|-Wx' in column 2 has no end; it ends with -|, or with dashes where no reply came.")]
    [InlineData("|-Wx1|  |-Wx2-|", "line 1: the bar '|-Wx1' in column 1 has no end; it ends with -|, or with dashes where no reply came.")]
    [InlineData("|-Wx1-| |Wx2-|", "line 1: a bar begins with |-, but in column 9 stands '|W'.")]
    [InlineData("|-Wx-|", "line 1: 'Wx' says no value; write Wx1.")]
    [InlineData("|-Rx-|", "line 1: 'Rx' says no value that was read; write Rx1, or Rxnil if nothing was there.")]
    [InlineData("|----|", "line 1: '' in a bar is no operation; write Wx1 (write), Rx1 (read), Ax1 (append), Cx1>2 (compare-and-set), or a call such as enqueue(q, 1).")]
    [InlineData("|-Zx1-|", "line 1: 'Zx1' in a bar is no operation; write Wx1 (write), Rx1 (read), Ax1 (append), Cx1>2 (compare-and-set), or a call such as enqueue(q, 1).")]
    [InlineData("|-Cx1-|", "line 1: 'Cx1' says not what a compare-and-set expects and sets; write Cx1>2, or Cx1>2=false if it found another value.")]
    [InlineData("|-put(a, b, c, d)-|", "line 1: 'put(a, b, c, d)' says 4 arguments; write put(x, 1).")]
    [InlineData("|-get(a-|", "line 1: 'get(a' says no call that can be read; write put(x, 1), or get(x) = 1.")]
    [InlineData("C1: |-Wx1-|\nC1:   |-Wx2-|", "line 2: Client C1 calls Wx2 at 6 while its Wx1, called at 4, is still open: a client has one call at a time, so give each thread a name of its own, or say when the client gave up.")]
    public void A_drawing_that_is_wrong_is_refused_with_its_line(string text, string message) => Refused(text, message);

    [Theory]
    [InlineData("INFO  jepsen.util - 2\t:ok\t:write\t3", "line 1: process 2 has no open call that this 'ok' of write could belong to; is its invoke missing?")]
    [InlineData("INFO  jepsen.util - 2\t:invoke\t:write\t3\nINFO  jepsen.util - 2\t:invoke\t:read\tnil", "line 2: process 2 calls read while its write of line 1 is still open; a process has one call at a time.")]
    [InlineData("INFO  jepsen.util - 2\t:invoke\t:write\t3\nINFO  jepsen.util - 2\t:ok\t:read\t3", "line 2: process 2 returns from read, but its open call, of line 1, is write.")]
    [InlineData("INFO  jepsen.util - 2\t:invoke\t:write\t3\nINFO  jepsen.util - 2\t:ok\t:write\t4", "line 2: the write of 3 in line 1 returns with the value 4; it should be the same, or nil.")]
    [InlineData("INFO  jepsen.util - 2\t:invoke\t:write\t3\nINFO  jepsen.util - 2\t:o", "line 2: after jepsen.util there should be a process, a type and a function, as in 2 :invoke :write 4; was the line cut off?")]
    [InlineData("INFO  jepsen.util - 2\t:maybe\t:write\t3", "line 1: an event cannot be of the type ':maybe'; it is :invoke, :ok, :fail or :info.")]
    [InlineData("INFO  jepsen.util - 2\t:invoke\t:cas\t3", "line 1: a cas needs the value it expects and the new one, [3 0], not '3'.")]
    [InlineData("INFO  jepsen.util - 2\t:invoke\t:cas\t[3 ", "line 1: the text ends, but a ']' is missing for what begins in line 1; was the file cut off?")]
    public void A_log_that_is_wrong_is_refused_with_its_line(string text, string message) => Refused(text, message);

    [Theory]
    [InlineData("{:process 0, :type :invoke, :f :read}\n{:process 0, :type :ok", "line 2: the text ends in the middle of the event of line 2; was the file cut off?")]
    [InlineData("[{:process 0, :type :invoke, :f :read}\n", "line 2: the text ends, but a ']' is missing for the '[' in line 1; was the file cut off?")]
    [InlineData("{:process 0, :type :invoke}", "line 1: this event has no member 'f', which says what was called.")]
    [InlineData("\n{:process 0, :f :read}", "line 2: this event has no member 'type', which says invoke, ok, fail or info.")]
    [InlineData("{:type :invoke, :f :read}", "line 1: this event has no member 'process', which says who called.")]
    [InlineData("{:process [0], :type :invoke, :f :read}", "line 1: the member 'process' must be one word that says who called, not '[0]'.")]
    [InlineData("{:process 0, :process 1, :type :invoke, :f :read}", "line 1: this event has two members 'process'; which of them holds?")]
    [InlineData("{:process 0, :type :gone, :f :read}", "line 1: an event cannot be of the type 'gone'; it is invoke, ok, fail or info.")]
    [InlineData("{:process 0, :type}", "line 1: the member 'type' has no value.")]
    [InlineData("{:process 0, [:type] 1}", "line 1: the name of a member must be a keyword such as :process, not '[type]'.")]
    [InlineData("{:process 0, :type :invoke, :f :get, :value \"abc", "line 1: a text begins here, but its closing quote is missing; was the file cut off?")]
    [InlineData("{:process 0, :type :invoke, :f :get, :value \"a\\qc\"}", "line 1: the escape '\\q' is none that EDN has; write \\\\ for a backslash.")]
    [InlineData("{:process 0, :type :invoke, :f :get, :value )}", "line 1: ')' stands where a value should be.")]
    [InlineData("{:process 0, :type :invoke, :f :get, :key 1}\n\n17", "line 3: '1' stands where an event should begin, {:process 0, :type :invoke, :f :read, :value nil}.")]
    [InlineData("{:process 0, :type :invoke, :f :put, :key 1, :value 2} {:process 0, :type :ok, :f :put, :key 2, :value 2}", "line 1: process 0 returns from put of 2, but its open call, of line 1, is put of 1.")]
    public void Edn_that_is_wrong_is_refused_with_its_line(string text, string message) => Refused(text, message);

    [Theory]
    [InlineData("{\"process\": 0, \"type\": \"invoke\", \"f\": \"read\"}\n{\"process\": 0, ", "line 2: the JSON breaks here, at byte 16 of the line; was it cut off, or is it nested more than 64 deep?")]
    [InlineData("[{\"process\": 0, \"type\": \"invoke\", \"f\": \"read\"},\n\n {\"process\": 0, \"f\": \"read\"}]", "line 3: this event has no member 'type', which says invoke, ok, fail or info.")]
    [InlineData("[\"a\"]", "line 1: there should be an object for each event, {\"process\": 0, \"type\": \"invoke\", \"f\": \"read\"}, alone or in one array.")]
    [InlineData("{\"client\": \"a\", \"function\": \"read\", \"outcome\": \"ok\"}", "line 1: this operation has no member 'invoked', which says when it was called.")]
    [InlineData("{\"client\": \"a\", \"function\": \"read\", \"outcome\": \"ok\", \"invoked\": 1e3}", "line 1: 'invoked' must be a whole number of 64 bits, not '1e3'.")]
    [InlineData("{\"client\": \"a\", \"function\": \"read\", \"outcome\": \"ok\", \"invoked\": 123456789012345678901234567890}", "line 1: 'invoked' must be a whole number of 64 bits, not '123456789012345678901234567890'.")]
    [InlineData("{\"client\": \"a\", \"function\": \"read\", \"outcome\": \"fine\", \"invoked\": 1}", "line 1: an outcome cannot be 'fine'; it is ok, failed or unknown.")]
    [InlineData("\n{\"client\": \"a\", \"function\": \"write\", \"argument\": 1, \"outcome\": \"ok\", \"invoked\": 9, \"returned\": 3}", "line 2: Client a's write(1) returns at 3, before it is invoked at 9.")]
    [InlineData("{\"client\": \"a\", \"function\": \"write\", \"argument\": \"\\ud800\", \"outcome\": \"ok\", \"invoked\": 9}", "line 1: this text in quotes holds half a character (an unpaired surrogate such as \\ud800); write the whole character.")]
    public void Json_that_is_wrong_is_refused_with_its_line(string text, string message) => Refused(text, message);

    [Fact]
    public void Nesting_without_end_is_refused_and_does_not_overflow_the_stack()
    {
        const int deep = 1_000_000;
        foreach (var text in (string[])[new('[', deep), new('{', deep), new('(', deep), "[{:process " + new string('[', deep), string.Concat(Enumerable.Repeat("#_", deep)),
            "{:a " + string.Concat(Enumerable.Repeat("#_", deep)), "{\"process\": " + new string('[', deep), string.Concat(Enumerable.Repeat("#a ", deep)),
            "{:a " + string.Concat(Enumerable.Repeat("{:a ", deep)), "INFO jepsen.util - 1\t:invoke\t:write\t" + new string('[', deep)])
            Assert.StartsWith("line 1: ", Assert.Throws<HistoryFormatException>(() => History.Parse(text)).Message);
    }

    [Fact]
    public void Numbers_of_any_size_are_values_like_others()
    {
        var huge = new string('9', 10_000);
        var history = History.Parse($"{{:process {huge}, :type :invoke, :f :write, :value {huge}N}}\n{{:process {huge}, :type :ok, :f :write, :value {huge}N}}");
        Assert.Equal(huge + "N", Assert.Single(history.Operations).Argument);
        Assert.Equal(huge, Assert.Single(History.Parse($"|-Wx{huge}-|").Operations).Argument);
    }

    [Fact]
    public void A_format_that_is_named_is_kept_to() =>
        Assert.StartsWith("line 1: ", Assert.Throws<HistoryFormatException>(() => History.Parse("|-Wx1-|", HistoryFormat.Edn)).Message);

    private static void Refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<HistoryFormatException>(() => History.Parse(text)).Message);
}
