using System.Text;
using Untag.Columnar;

namespace Untag.Tests.Columnar;

public sealed class SnappyTests
{
    [Fact]
    public void Snappy_repeats_what_it_is_still_writing()
    {
        // Length 10; the literal "ab"; eight bytes from two bytes back.
        byte[] packed = [10, 1 << 2, (byte)'a', (byte)'b', ((8 - 4) << 2) | 1, 2];
        var page = new byte[10];
        Assert.True(Snappy.TryUnpack(packed, page));
        Assert.Equal("ababababab", Encoding.ASCII.GetString(page));
        Assert.False(Snappy.TryUnpack(packed, new byte[9]));
    }

    [Fact]
    public void Nothing_is_repeated_from_before_the_page() =>
        Assert.False(Snappy.TryUnpack([10, 1 << 2, (byte)'a', (byte)'b', ((8 - 4) << 2) | 1, 3], new byte[10]));
}
