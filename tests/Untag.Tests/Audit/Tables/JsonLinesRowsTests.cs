using System.Text;
using System.Text.Json;
using CsCheck;
using Untag.Audit;
using Untag.Audit.Tables;

namespace Untag.Tests.Audit.Tables;

public sealed class JsonLinesRowsTests
{
    [Fact]
    public void The_keys_of_the_first_object_are_the_columns_and_their_order_does_not_matter() =>
        Assert.Equal(
            [["a", "b"], ["1.50", "x \u4E2D"], ["true", ""]],
            Read("{\"a\": 1.50, \"b\": \"x \\u4e2d\"}\n\n{\"b\": null, \"a\": true}"));

    [Fact]
    public void A_list_is_passed_over() => Assert.Equal([["a", "b"], ["1", "[…]"]], Read("{\"a\":1,\"b\":[1,{\"a\":2}]}\n"));

    [Fact]
    public void A_mark_and_ends_of_windows_do_not_matter() => Assert.Equal([["a"], ["1"], ["2"]], Read("\uFEFF{\"a\":1}\r\n{\"a\":2}\r\n"));

    [Theory]
    [InlineData("{\"a\":1}\n{\"b\":1}", "t.jsonl:2: the key `b` is none of the first object")]
    [InlineData("{\"a\":1,\"b\":2}\n{\"b\":1}", "t.jsonl:2: there is no `a`, which the first object has")]
    [InlineData("{\"a\":1,\"a\":2}", "t.jsonl:1: `a` stands there twice")]
    [InlineData("{\"a\":1}\n{\"a\":1,\"a\":2}", "t.jsonl:2: `a` stands there twice")]
    [InlineData("{\"a\":1}\n[1]", "t.jsonl:2: the line is no object")]
    [InlineData("{\"a\":1}\n{\"a\":1", "t.jsonl:2: the line is no JSON, or is cut")]
    [InlineData("{\"a\":1}\n{\"a\":NaN}", "t.jsonl:2: the line is no JSON, or is cut")]
    [InlineData("{\"a\":1} {}", "t.jsonl:1: the line is no JSON, or is cut")]
    public void What_is_no_table_is_refused_with_its_line(string text, string message) =>
        Assert.Equal(message, Assert.Throws<AuditInputException>(() => Read(text)).Message);

    [Fact]
    public void Reading_gives_back_what_was_written_whatever_the_size_of_a_block() =>
        Gen.Select(Gen.String.Array[2].Array[1, 8], Gen.Int[1, 60]).Sample((rows, block) =>
        {
            var whole = rows.Where(row => row.All(cell => !cell.Any(char.IsSurrogate))).ToArray();
            var text = string.Concat(whole.Select(row => $"{{\"a\":{JsonSerializer.Serialize(row[0])},\"b\":{JsonSerializer.Serialize(row[1])}}}\n"));
            Assert.Equal(whole, Read(text, block).Skip(1));
        });

    private static string[][] Read(string text, int block = 1 << 18) =>
        TableText.Of(new JsonLinesRows(new MemoryStream(Encoding.UTF8.GetBytes(text)), "t.jsonl", block));
}
