namespace Workbook.Site.Exporting;

/// <summary>What an exported program is to be.</summary>
public sealed record ExportOptions
{
    /// <summary>Where the program will lie; paths in it start there. A relative path is taken from the working directory.</summary>
    public required string Output { get; init; }

    /// <summary>The repository's folder, whose library the program is built with.</summary>
    public required string Root { get; init; }

    /// <summary>Whether cells tagged <c>ecosystem</c> are kept, which need packages from outside.</summary>
    public bool WithEcosystem { get; init; }
}

/// <summary>A notebook as a program.</summary>
/// <param name="Text">The program's source, lines ended by <c>\n</c>.</param>
/// <param name="Notices">One sentence for each cell that is left out.</param>
public sealed record ExportedProgram(string Text, IReadOnlyList<string> Notices);
