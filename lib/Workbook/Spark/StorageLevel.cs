namespace Workbook.Spark;

/// <summary>What becomes of a dataset's partitions once they are computed (§3.2, persist).</summary>
public enum StorageLevel
{
    /// <summary>They are forgotten, and computed again when they are wanted again.</summary>
    None,

    /// <summary>Kept in memory as objects. One that memory has no room for is computed again.</summary>
    MemoryOnly,

    /// <summary>Kept in memory; one that memory has no room for is written to the local disk, and read from there.</summary>
    MemoryAndDisk,

    /// <summary>Written to the local disk.</summary>
    DiskOnly,
}
