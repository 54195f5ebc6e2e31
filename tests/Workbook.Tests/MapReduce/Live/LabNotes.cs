using System.Text;

namespace Workbook.Tests.MapReduce.Live;

/// <summary>What the processes of a job note for the test that watches them: lines of one file, in the order in which they were added.</summary>
internal sealed class LabNotes(string folder)
{
    private readonly string _file = Path.Combine(folder, "notes");

    /// <summary>Adds a line.</summary>
    public void Add(string note)
    {
        using var file = Open(FileMode.Append, FileAccess.Write);
        file.Write(Encoding.UTF8.GetBytes($"{note}\n"));
    }

    /// <summary>All lines so far.</summary>
    public IReadOnlyList<string> All()
    {
        if (!File.Exists(_file)) return [];
        using var reader = new StreamReader(Open(FileMode.Open, FileAccess.Read));
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

    /// <summary>One process at a time has the file; the others try again.</summary>
    private FileStream Open(FileMode mode, FileAccess access)
    {
        for (; ; Thread.Sleep(1))
        {
            try
            {
                return new FileStream(_file, mode, access, FileShare.None, bufferSize: 0);
            }
            catch (IOException) when (File.Exists(_file))
            {
            }
        }
    }
}
