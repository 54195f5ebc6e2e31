using System.Globalization;
using System.Text;
using Workbook.Bitcoin;
using Workbook.Tests.House;

namespace Workbook.Tests.Bitcoin.Scripts;

/// <summary>What the reference client says of a thousand scripts, each error by its name.</summary>
public sealed class PublishedScriptTests
{
    private const string File = "tests/Workbook.Tests/Bitcoin/Scripts/PublishedScripts.txt";

    [Fact]
    public void Each_published_script_does_what_is_published()
    {
        var (count, errors) = (0, new HashSet<ScriptError>());
        foreach (var (number, line) in Repository.Lines(File).Where(line => line.Text.Length > 0 && line.Text[0] != '#'))
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            var (error, found) = (Enum.Parse<ScriptError>(parts[0]), Run(parts));
            Assert.True(found == error, $"{File}({number}): {line} gives {found}.");
            errors.Add(error);
            count++;
        }

        Assert.Equal(1145, count);
        Assert.True(errors.Count >= 35, string.Join(", ", errors));
    }

    [Fact]
    public void Each_published_script_is_read_back_from_its_text()
    {
        foreach (var (_, line) in Repository.Lines(File).Where(line => line.Text.Length > 0 && line.Text[0] != '#'))
        {
            var script = Read(line.Split('|', StringSplitOptions.TrimEntries)[3]);
            if (!$"{script}".Contains("[cut off", StringComparison.Ordinal)) Assert.Equal(script, Script.Parse($"{script}"));
        }
    }

    /// <summary>The scripts are those of a transaction that has only the one input, and spends from one that has only the one output.</summary>
    private static ScriptError Run(string[] parts)
    {
        var rules = parts[1].Split('+').Aggregate(ScriptRules.None, (all, rule) => all | Enum.Parse<ScriptRules>(rule));
        var amount = parts.Length > 4 ? long.Parse(parts[4], CultureInfo.InvariantCulture) : 0;
        var items = parts.Length > 5 ? parts[5].Split(' ') : [];
        var witness = new Witness(items.Select(item => (ReadOnlyMemory<byte>)Hex.Parse(item == "-" ? "" : item)));
        var credit = new Transaction([new TxInput(OutPoint.Null, Script.Of(0, 0))], [new TxOutput(amount, Read(parts[3]))]);
        var spend = new Transaction([new TxInput(credit.Output(0), Read(parts[2])) { Witness = witness }], [new TxOutput(amount, Script.Empty)]);
        return ScriptCheck.Of(spend, 0, credit.Outputs[0], rules, steps: false).Error;
    }

    private static Script Read(string text)
    {
        var bytes = new List<byte>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) bytes.AddRange(Script.Of(number).Span);
            else if (word.StartsWith("0x", StringComparison.Ordinal)) bytes.AddRange(Hex.Parse(word[2..]));
            else if (word[0] == '\'') bytes.AddRange(ScriptItem.Plain(Encoding.ASCII.GetBytes(word[1..^1])));
            else bytes.Add((byte)Named(word));
        }

        return new Script([.. bytes]);
    }

    private static Opcode Named(string word) => word switch
    {
        "NOP2" => Opcode.OP_CHECKLOCKTIMEVERIFY,
        "NOP3" => Opcode.OP_CHECKSEQUENCEVERIFY,
        _ => Enum.Parse<Opcode>($"OP_{word}"),
    };
}
