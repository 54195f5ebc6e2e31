using System.Runtime.Intrinsics;

namespace Workbook.Bitcoin;

/// <summary>How many headers are hashed at a time. All ways give the same answer.</summary>
public enum MiningPath
{
    /// <summary>The widest way that this processor has in its hardware.</summary>
    Widest,

    /// <summary>One header after the other; on every processor.</summary>
    Scalar,

    /// <summary>Four headers at a time, in vectors of 128 bits.</summary>
    Vector128,

    /// <summary>Eight headers at a time, in vectors of 256 bits.</summary>
    Vector256,

    /// <summary>Sixteen headers at a time, in vectors of 512 bits.</summary>
    Vector512,
}

/// <summary>Which ways to hash there are on this processor.</summary>
public static class MiningPaths
{
    /// <summary>Those that the hardware has, the narrowest first.</summary>
    public static IReadOnlyList<MiningPath> Supported { get; } =
        [.. Enum.GetValues<MiningPath>().Where(path => path != MiningPath.Widest && IsSupported(path))];

    /// <summary>The way itself, or the widest one if that was asked for.</summary>
    /// <exception cref="ArgumentException">This processor does not have it.</exception>
    internal static MiningPath Resolve(MiningPath path) => path == MiningPath.Widest ? Supported[^1]
        : Supported.Contains(path) ? path
        : throw new ArgumentException($"This processor does not have {path}; take one of {string.Join(", ", Supported)}, or {MiningPath.Widest}.", nameof(path));

    private static bool IsSupported(MiningPath path) => path switch
    {
        MiningPath.Scalar => true,
        MiningPath.Vector128 => Vector128.IsHardwareAccelerated,
        MiningPath.Vector256 => Vector256.IsHardwareAccelerated,
        MiningPath.Vector512 => Vector512.IsHardwareAccelerated,
        _ => false,
    };
}
