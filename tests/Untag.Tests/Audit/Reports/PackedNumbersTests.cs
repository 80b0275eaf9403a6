using CsCheck;
using Untag.Audit.Reports;

namespace Untag.Tests.Audit.Reports;

public sealed class PackedNumbersTests
{
    [Fact]
    public void What_is_written_is_read_back() => Gen.Long[0, long.MaxValue].Array[0, 20].Sample(numbers =>
    {
        var bytes = new List<byte>();
        foreach (var number in numbers)
            PackedNumbers.Write(bytes, number);
        var (at, read) = (0, new List<long>());
        while (PackedNumbers.TryRead([.. bytes], ref at, 63, out var number))
            read.Add(number);
        Assert.Equal(numbers, read);
        Assert.Equal(bytes.Count, at);
    });

    [Fact]
    public void A_number_of_more_bits_is_none()
    {
        var (bytes, at) = (new List<byte>(), 0);
        PackedNumbers.Write(bytes, 1L << 42);
        Assert.False(PackedNumbers.TryRead([.. bytes], ref at, 42, out _));
    }
}
