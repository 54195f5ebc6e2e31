namespace Workbook.Sim;

/// <summary>
/// A node's disk: small files by name. What is written is seen at once by the process, but outlasts a crash only once
/// it has been flushed.
/// </summary>
/// <remarks>A full or failing disk throws <see cref="IOException"/>; the file then holds what it held before.</remarks>
public interface IDisk
{
    /// <summary>The file's bytes, or null when there is no such file.</summary>
    byte[]? Read(string file);

    /// <summary>Replaces the file, or makes it.</summary>
    void Write(string file, ReadOnlySpan<byte> bytes);

    /// <summary>Adds to the end of the file, or makes it.</summary>
    void Append(string file, ReadOnlySpan<byte> bytes);

    /// <summary>Gives the file another name, in one step, replacing a file that had it.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    void Rename(string file, string newName);

    /// <summary>Removes the file, if it is there.</summary>
    void Delete(string file);

    /// <summary>The files' names, in ordinal order.</summary>
    IReadOnlyList<string> Files();

    /// <summary>From here on a crash can no longer take back what was written so far.</summary>
    void Flush();
}
