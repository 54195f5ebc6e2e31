using System.Text;
using Workbook.Sim;

namespace Workbook.Tests.Sim;

/// <summary>
/// The simulated disk shares bytes between what was and what is. Beside it stands one that copies everything after every step, and
/// which is so simple that it must be right.
/// </summary>
public sealed class DiskModelTests
{
    private static readonly string[] Names = ["log", "term", "snapshot"];

    [Fact]
    public void A_disk_that_shares_bytes_is_as_one_that_copies_them()
    {
        var (crashes, torn) = (0, 0);
        for (ulong seed = 0; seed < (ulong)Seeds.Count(300); seed++)
        {
            var run = new Simulation(seed);
            run.Add("s1", () => new PongServer());
            var disk = run["s1"].Disk;
            disk.CrashLoss = seed % 3 == 0 ? CrashLoss.All : CrashLoss.Some;
            var random = new Rng(seed).Fork("steps");
            List<Copy> moments = [Copy.Of(disk)];
            for (var step = 0; step < 60; step++)
            {
                if (random.Chance(0.1))
                {
                    run.Crash("s1").Restart("s1");
                    var (after, isTorn) = Survived(disk, moments);
                    moments = [after];
                    crashes++;
                    torn += isTorn ? 1 : 0;
                    continue;
                }

                var next = Step(disk, moments[^1], random);
                Assert.Equal(next.Text, Copy.Of(disk).Text);
                Assert.Equal(next.Files.Values.Sum(bytes => (long)bytes.Length), disk.Used);
                if (random.Chance(0.2))
                {
                    disk.Flush();
                    moments = [next];
                }
                else
                {
                    moments.Add(next);
                }
            }
        }

        Assert.True(crashes > 0 && torn > 0, $"{crashes} crashes, {torn} torn");
    }

    /// <summary>The moment that a crash went back to, which may have a part of the next step's bytes on top.</summary>
    private static (Copy, bool IsTorn) Survived(SimulatedDisk disk, List<Copy> moments)
    {
        var found = Copy.Of(disk);
        var wanted = disk.CrashLoss == CrashLoss.All ? moments[..1] : moments;
        if (wanted.Exists(moment => moment.Text == found.Text)) return (found, false);
        Assert.Equal(CrashLoss.Some, disk.CrashLoss);
        Assert.Contains(moments.Zip(moments.Skip(1)), pair => found.IsTornFrom(pair.First, pair.Second));
        return (found, true);
    }

    private static Copy Step(SimulatedDisk disk, Copy before, Rng random)
    {
        var files = before.Files.ToDictionary(pair => pair.Key, pair => (byte[])pair.Value.Clone());
        var (file, other) = (random.Pick(Names), random.Pick(Names));
        var bytes = new byte[random.Next(1, 40)];
        for (var index = 0; index < bytes.Length; index++) bytes[index] = (byte)('a' + random.Next(26));
        switch (random.Next(6))
        {
            case 0:
                disk.Write(file, bytes);
                files[file] = bytes;
                break;
            case 1 when files.ContainsKey(file) && file != other:
                disk.Rename(file, other);
                files[other] = files[file];
                files.Remove(file);
                break;
            case 2:
                disk.Delete(file);
                files.Remove(file);
                break;
            default:
                disk.Append(file, bytes);
                files[file] = [.. files.GetValueOrDefault(file, []), .. bytes];
                break;
        }

        return new Copy(files);
    }

    private sealed record Copy(IReadOnlyDictionary<string, byte[]> Files)
    {
        public string Text => string.Join(" ", Files.OrderBy(file => file.Key, StringComparer.Ordinal).Select(file => $"{file.Key}={Line(file.Value)}"));

        public static Copy Of(SimulatedDisk disk) => new(disk.Files().ToDictionary(file => file, file => disk.Read(file)!));

        /// <summary>One file holds a beginning of what the step brought; the others are as they were before it.</summary>
        public bool IsTornFrom(Copy before, Copy after) => Names.Any(file =>
            Files.GetValueOrDefault(file) is { } mine && after.Files.GetValueOrDefault(file) is { } whole
            && Line(whole).StartsWith(Line(mine), StringComparison.Ordinal)
            && new Copy(before.Files.Where(pair => pair.Key != file).Append(new(file, mine)).ToDictionary()).Text == Text);

        private static string Line(byte[] bytes) => Encoding.ASCII.GetString(bytes);
    }
}
