using System.Globalization;
using System.Runtime.Intrinsics;
using BenchmarkDotNet.Jobs;
using Perfolizer.Horology;

namespace Untag.Bench;

/// <summary>The widths of vectors that the matcher has a path for. The width is fixed when a program starts, by
/// variables of its environment; so each has a job of its own.</summary>
internal static class VectorWidth
{
    private const string Variable = "UNTAG_VECTOR_BITS";

    // One pass takes milliseconds and varies little: much shorter than by default, so that all take minutes.
    private static readonly Job Short =
        Job.Default.WithWarmupCount(3).WithIterationCount(5).WithIterationTime(TimeInterval.FromMilliseconds(200));

    public static Job[] Jobs =>
    [
        Short.WithEnvironmentVariable(Variable, "512").WithId("AVX-512"),
        Short.WithEnvironmentVariables(new(Variable, "256"), new("DOTNET_EnableAVX512", "0")).WithId("AVX2"),
        Short.WithEnvironmentVariables(new(Variable, "128"), new("DOTNET_EnableAVX2", "0")).WithId("Vector128"),
    ];

    /// <summary>Throws when this program runs with another width than its job is named after, as on a machine without
    /// AVX-512; its figures are left out then.</summary>
    public static void Check()
    {
        var bits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
        if (Environment.GetEnvironmentVariable(Variable) != bits.ToString(CultureInfo.InvariantCulture))
            throw new PlatformNotSupportedException($"the vectors of this machine have {bits} bits");
    }
}
