namespace Workbook.Check;

/// <summary>The ways to write a history down that <see cref="History.Parse(string)"/> reads.</summary>
public enum HistoryFormat
{
    /// <summary>Bars under each other, as in the notes of lecture 7: <c>|-Wx1-| |-Rx1-|</c>.</summary>
    Drawing,

    /// <summary>Jepsen's text log: <c>INFO  jepsen.util - 2  :invoke  :cas  [3 0]</c>.</summary>
    JepsenLog,

    /// <summary>Clojure's data notation, one map an event: <c>{:process 0, :type :invoke, :f :append, :key "0", :value "x"}</c>.</summary>
    Edn,

    /// <summary>JSON, one object an event with the same members, or one object an operation, as <see cref="History.ToJson"/> writes it.</summary>
    Json,
}
