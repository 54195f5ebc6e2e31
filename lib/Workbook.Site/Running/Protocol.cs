using System.Text.Json.Serialization;
using Workbook.Site.Notebooks;

namespace Workbook.Site.Running;

/// <summary>What the runner asks of the process that runs a notebook: one JSON object a line.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(StartNotebook), "start")]
[JsonDerivedType(typeof(RunCell), "run")]
internal abstract record HostRequest;

/// <summary>The first request: where the notebook lives and how much it may show.</summary>
internal sealed record StartNotebook(string Folder, long OutputLimitBytes, long DisplayLimitBytes, int DisplayLimit, bool WithPlainText) : HostRequest;

/// <summary>Run a cell, or, when a reason to skip it is given, take note of what it would have declared.</summary>
internal sealed record RunCell(
    int Number, string Source, IReadOnlyList<string> Tags, RestoredPackages? Packages, string? SkipReason) : HostRequest;

/// <summary>What the process that runs a notebook tells the runner.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "tell")]
[JsonDerivedType(typeof(Ready), "ready")]
[JsonDerivedType(typeof(Printed), "printed")]
[JsonDerivedType(typeof(Dropped), "dropped")]
[JsonDerivedType(typeof(Withheld), "withheld")]
[JsonDerivedType(typeof(Shown), "shown")]
[JsonDerivedType(typeof(ShownAgain), "again")]
[JsonDerivedType(typeof(CellEnded), "ended")]
[JsonDerivedType(typeof(ProcessExits), "exits")]
[JsonDerivedType(typeof(ProcessFails), "fails")]
internal abstract record HostReport;

/// <summary>The compiler is warm; the first cell may come.</summary>
internal sealed record Ready : HostReport;

/// <summary>Text came to the console.</summary>
internal sealed record Printed(bool IsError, string Text) : HostReport;

/// <summary>How many bytes of console text this cell has printed above its limit, up to now.</summary>
internal sealed record Dropped(long Bytes) : HostReport;

/// <summary>How many values this cell has shown above its limits, and how many bytes they have, up to now.</summary>
internal sealed record Withheld(long Values, long Bytes) : HostReport;

/// <summary>A value was shown.</summary>
internal sealed record Shown(long Id, Dictionary<string, string> Data) : HostReport;

/// <summary>A value shown before has changed.</summary>
internal sealed record ShownAgain(long Id, Dictionary<string, string> Data) : HostReport;

/// <summary>The cell came to its end; the process is ready for the next.</summary>
internal sealed record CellEnded(CellOutcome Outcome, string? Reason, IReadOnlyList<ErrorOutput> Errors) : HostReport;

/// <summary>The process is about to end because a cell asked for it.</summary>
internal sealed record ProcessExits(int Code) : HostReport;

/// <summary>The process is about to die of an exception that nobody caught, on a thread that a cell started.</summary>
internal sealed record ProcessFails(ErrorOutput Error) : HostReport;

/// <summary>Packages that <c>#r "nuget: …"</c> names, on this machine's disk.</summary>
/// <param name="Directives">The texts between the quotes of the <c>#r</c>s.</param>
/// <param name="Assemblies">Full paths of the assemblies, dependencies included.</param>
/// <param name="NativeFolders">Folders with native libraries for this machine.</param>
internal sealed record RestoredPackages(IReadOnlyList<string> Directives, IReadOnlyList<string> Assemblies, IReadOnlyList<string> NativeFolders);

[JsonSerializable(typeof(HostRequest))]
[JsonSerializable(typeof(HostReport))]
[JsonSerializable(typeof(RestoredPackages))]
internal sealed partial class ProtocolJson : JsonSerializerContext;
