using System.Text;

namespace Workbook.Tests.MapReduce.Live;

/// <summary>What the processes of a job note for the test that watches them: lines of one file, in the order in which they were added.</summary>
internal sealed class LabNotes(string folder)
{
    private readonly string _file = Path.Combine(folder, "notes");

    /// <summary>Adds a line, whoever else does so at the time: one process writes, the others try again.</summary>
    public void Add(string note)
    {
        for (; ; Thread.Sleep(1))
        {
            try
            {
                using var file = new FileStream(_file, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
                file.Write(Encoding.UTF8.GetBytes($"{note}\n"));
                return;
            }
            catch (IOException) when (File.Exists(_file))
            {
                // Somebody else holds it for a moment.
            }
        }
    }

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> All()
    {
        if (!File.Exists(_file)) return [];
        using var reader = new StreamReader(new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd().Split('\n')[..^1];
    }

    /// <summary>Whether nobody has been here before, in whichever process.</summary>
    public bool IsFirst(string what)
    {
        try
        {
            new FileStream(Path.Combine(folder, what), FileMode.CreateNew).Dispose();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Whether somebody has been first.</summary>
    public bool Has(string what) => File.Exists(Path.Combine(folder, what));

    /// <summary>Waits for what other processes do.</summary>
    /// <returns>Whether it came true in time.</returns>
    public static bool Wait(Func<bool> condition, TimeSpan patience)
    {
        var end = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (!condition())
        {
            if (Environment.TickCount64 > end) return false;
            Thread.Sleep(5);
        }

        return true;
    }
}
