using Workbook.Site.Notebooks;

namespace Workbook.Site.Running;

/// <summary>News of a notebook that runs: a cell began, does something that takes time, or ended.</summary>
/// <param name="Index">Which code cell, from 0.</param>
/// <param name="Count">How many code cells the notebook has.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Run">What came of it, once it has ended; before that null.</param>
/// <param name="Note">What it waits for, such as a package being restored; otherwise null.</param>
public sealed record CellProgress(int Index, int Count, Cell Cell, CellRun? Run, string? Note);
