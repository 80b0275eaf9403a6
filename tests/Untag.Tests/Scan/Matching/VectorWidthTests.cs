using System.Globalization;
using System.Runtime.Intrinsics;

namespace Untag.Tests.Scan.Matching;

/// <summary>The width of the vectors that these tests run with; <see cref="NarrowVectorsTests"/> starts them again with
/// narrower ones.</summary>
public sealed class VectorWidthTests
{
    /// <summary>Names the width in bits that is to be in use; without it, any is right.</summary>
    public const string Variable = "UNTAG_VECTOR_BITS";

    /// <summary>Bits of the widest vectors in use, as <c>WordStarts</c> chooses them.</summary>
    public static int Bits =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    [Fact]
    public void Vectors_are_as_wide_as_was_asked_for()
    {
        var asked = Environment.GetEnvironmentVariable(Variable);
        Assert.Equal(asked ?? Bits.ToString(CultureInfo.InvariantCulture), Bits.ToString(CultureInfo.InvariantCulture));
    }
}
