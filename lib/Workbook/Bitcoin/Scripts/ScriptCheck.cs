using System.Security.Cryptography;

namespace Workbook.Bitcoin;

/// <summary>Whether an input may spend its output: the input's script runs, then the output's, then what those ask for (BIP 16, BIP 141).</summary>
public sealed class ScriptCheck
{
    private const int KeyHashProgram = 20;

    private readonly Transaction _transaction;
    private readonly WitnessHashes _hashes;

    /// <summary>Checks inputs of a transaction: what all of them sign alike is hashed only once. Inputs may be checked on several threads.</summary>
    /// <param name="transaction">The transaction that spends.</param>
    /// <param name="rules">The rules that hold.</param>
    public ScriptCheck(Transaction transaction, ScriptRules rules = ScriptRules.Consensus)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        (_transaction, Rules, _hashes) = (transaction, rules, new WitnessHashes(transaction));
    }

    /// <summary>The rules that hold.</summary>
    public ScriptRules Rules { get; }

    /// <summary>Whether an input may spend an output.</summary>
    /// <param name="transaction">The transaction that spends.</param>
    /// <param name="input">The input's number.</param>
    /// <param name="spent">The output that it spends.</param>
    /// <param name="rules">The rules that hold.</param>
    /// <param name="steps">Whether to keep each step.</param>
    public static ScriptVerdict Of(Transaction transaction, int input, TxOutput spent, ScriptRules rules = ScriptRules.Consensus, bool steps = true) =>
        new ScriptCheck(transaction, rules).Input(input, spent, steps);

    /// <summary>Runs a script by itself, with no transaction that it could ask about: every signature fails.</summary>
    /// <param name="script">The script.</param>
    /// <param name="rules">The rules that hold.</param>
    public static ScriptVerdict Run(Script script, ScriptRules rules = ScriptRules.Consensus)
    {
        ArgumentNullException.ThrowIfNull(script);
        var steps = new List<ScriptStep>();
        var machine = new ScriptMachine(null, rules, steps);
        var error = machine.Run("script", script.ToBytes());
        if (error == ScriptError.None && !IsTrue(machine)) error = ScriptError.False;
        return Verdict(error, "script", machine, steps);
    }

    /// <summary>Whether an input may spend an output.</summary>
    /// <param name="input">The input's number.</param>
    /// <param name="spent">The output that it spends.</param>
    /// <param name="steps">Whether to keep each step.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such input.</exception>
    public ScriptVerdict Input(int input, TxOutput spent, bool steps = false)
    {
        ArgumentNullException.ThrowIfNull(spent);
        if (input < 0 || input >= _transaction.Inputs.Count)
            throw new ArgumentOutOfRangeException(nameof(input), $"The transaction has {_transaction.Inputs.Count} inputs; there is no input {input}.");
        var kept = steps ? new List<ScriptStep>() : null;
        var machine = new ScriptMachine(new SpendingInput(_transaction, input, spent.Amount, _hashes), Rules, kept);
        var error = Verify(machine, _transaction.Inputs[input], spent.ScriptPubKey, out var script);
        return Verdict(error, script, machine, kept);
    }

    private ScriptError Verify(ScriptMachine machine, TxInput input, Script scriptPubKey, out string script)
    {
        script = "scriptSig";
        if (Rules.HasFlag(ScriptRules.PushOnly) && !input.ScriptSig.IsPushOnly) return ScriptError.PushOnly;
        if (machine.Run(script, input.ScriptSig.ToBytes()) is var first and not ScriptError.None) return first;
        List<byte[]> pushed = [.. machine.Stack];
        script = "scriptPubKey";
        if (machine.Run(script, scriptPubKey.ToBytes()) is var second and not ScriptError.None) return second;
        if (!IsTrue(machine)) return ScriptError.False;

        var hadWitness = Rules.HasFlag(ScriptRules.Witness) && scriptPubKey.IsWitnessProgram;
        if (hadWitness)
        {
            if (input.ScriptSig.Length > 0) return ScriptError.WitnessMalleated;
            if (VerifyWitness(machine, input.Witness, scriptPubKey, false, ref script) is var error and not ScriptError.None) return error;
        }

        if (Rules.HasFlag(ScriptRules.PayToScriptHash) && scriptPubKey.IsPayToScriptHash)
        {
            if (VerifyScriptHash(machine, input, pushed, ref script, ref hadWitness) is var error and not ScriptError.None) return error;
        }

        if (Rules.HasFlag(ScriptRules.CleanStack) && machine.Stack.Count != 1) return ScriptError.CleanStack;
        return Rules.HasFlag(ScriptRules.Witness) && !hadWitness && input.Witness.Count > 0 ? ScriptError.WitnessUnexpected : ScriptError.None;
    }

    /// <summary>The last item that the input pushed is the script whose hash the output named; it runs on the other items (BIP 16).</summary>
    private ScriptError VerifyScriptHash(ScriptMachine machine, TxInput input, List<byte[]> pushed, ref string script, ref bool hadWitness)
    {
        if (!input.ScriptSig.IsPushOnly) return ScriptError.PushOnly;
        var redeem = new Script(pushed[^1]);
        machine.Stack = pushed[..^1];
        script = "redeem script";
        if (machine.Run(script, redeem.ToBytes()) is var error and not ScriptError.None) return error;
        if (!IsTrue(machine)) return ScriptError.False;
        if (!Rules.HasFlag(ScriptRules.Witness) || !redeem.IsWitnessProgram) return ScriptError.None;
        hadWitness = true;
        return input.ScriptSig.Span.SequenceEqual(ScriptItem.Plain(redeem.Span))
            ? VerifyWitness(machine, input.Witness, redeem, true, ref script)
            : ScriptError.WitnessMalleatedScriptHash;
    }

    /// <summary>
    /// Version 0: 20 bytes are the hash of a key, 32 the hash of a script, which is the witness's last item. Later versions are left out, and taken
    /// as good, as old nodes do.
    /// </summary>
    private ScriptError VerifyWitness(ScriptMachine machine, Witness witness, Script program, bool isNested, ref string script)
    {
        script = isNested ? "redeem script" : "scriptPubKey";
        var isTrue = machine.Stack[..1];
        if (program.WitnessVersion > 0) return Rules.HasFlag(ScriptRules.NoFutureWitness) ? ScriptError.FutureWitness : Left(ScriptError.None);
        List<byte[]> items = [.. witness.Select(item => item.ToArray())];
        byte[] run;
        switch (program.WitnessProgram.Length)
        {
            case Hash256.Size when items.Count == 0:
                return ScriptError.WitnessEmpty;
            case Hash256.Size:
                (run, items) = (items[^1], items[..^1]);
                if (!SHA256.HashData(run).AsSpan().SequenceEqual(program.WitnessProgram)) return ScriptError.WitnessMismatch;
                break;
            case KeyHashProgram when items.Count != 2:
                return ScriptError.WitnessMismatch;
            case KeyHashProgram:
                run = StandardOutput.ToKeyHash(program.WitnessProgram).ToBytes();
                break;
            default:
                return ScriptError.WitnessLength;
        }

        script = "witness script";
        if (items.Exists(item => item.Length > ScriptMachine.MostPush)) return ScriptError.PushSize;
        machine.Stack = items;
        if (machine.Run(script, run, isWitness: true) is var error and not ScriptError.None) return error;
        if (machine.Stack.Count != 1) return ScriptError.CleanStack;
        return IsTrue(machine) ? Left(ScriptError.None) : ScriptError.False;

        // What is left is the true that the program itself was.
        ScriptError Left(ScriptError found)
        {
            machine.Stack = isTrue;
            return found;
        }
    }

    private static bool IsTrue(ScriptMachine machine) => machine.Stack.Count > 0 && ScriptNumber.IsTrue(machine.Stack[^1]);

    private static ScriptVerdict Verdict(ScriptError error, string script, ScriptMachine machine, List<ScriptStep>? steps) =>
        new(error, ScriptReasons.Of(error, script, machine.Last), steps ?? []);
}
