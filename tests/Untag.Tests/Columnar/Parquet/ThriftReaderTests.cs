using Untag.Columnar.Parquet;

namespace Untag.Tests.Columnar.Parquet;

public sealed class ThriftReaderTests
{
    [Fact]
    public void The_number_of_a_field_may_be_any_number()
    {
        var reader = new ThriftReader([0x05, 0xFF, 0xFF, 0xFF, 0x7F, 0x02]);
        var id = 0;
        Assert.True(reader.NextField(ref id, out var type));
        Assert.Equal(ThriftType.Int32, type);
    }
}
