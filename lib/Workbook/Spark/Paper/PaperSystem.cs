namespace Workbook.Spark.Paper;

/// <summary>The three systems that §6.1 compares.</summary>
public enum PaperSystem
{
    /// <summary>Each iteration is a job that reads text from the file system.</summary>
    Hadoop,

    /// <summary>A job makes the text a binary file in a file system in memory; each iteration is a job that reads that.</summary>
    HadoopBinMem,

    /// <summary>The first iteration reads text and keeps the points; later ones have them in memory.</summary>
    Spark,
}

/// <summary>The two programs of §6.1.</summary>
public enum PaperProgram
{
    /// <summary>Little computation for each point, so that all else shows.</summary>
    LogisticRegression,

    /// <summary>Much computation for each point.</summary>
    KMeans,
}
