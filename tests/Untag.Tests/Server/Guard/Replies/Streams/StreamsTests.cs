using System.Text;
using System.Text.Json;
using Untag.Server.Guard.Replies;

namespace Untag.Tests.Server.Guard.Replies.Streams;

public sealed class StreamsTests
{
    private static readonly ReplyHead Events = new() { MediaType = "text/event-stream" };

    private static readonly ReplyHead Lines = new() { MediaType = "application/x-ndjson" };

    [Theory]
    [InlineData("data: {\"a\":1}\n\ndata: {\"race\":1,\"a\":2}\n\n", "data: {\"a\":1}\n\ndata: {\"a\":2}\n\n")]
    [InlineData("event: face\r\nid: 7\r\ndata:{\"race\":1}\r\n\r\n", "event: face\r\nid: 7\r\ndata: {}\n\r\n")]
    [InlineData("\uFEFFdata: {\"race\":1}\n\ndata: \uFEFF{\"a\":1}\n\n", "data: {}\n\ndata: \uFEFF{\"a\":1}\n\n")]
    [InlineData(": hello\n\nretry: 10\n\ndata: text\n\n", ": hello\n\nretry: 10\n\ndata: text\n\n")]
    [InlineData("data: {\"a\":\ndata: 1}\n\n", "data: {\"a\":\ndata: 1}\n\n")]
    [InlineData("data: {\"a\":\ndata: 1,\ndata: \"race\":2}\n\n", "data: {\"a\":\ndata: 1}\n\n")]
    public void Events_lose_their_tags_and_are_else_the_same_bytes(string stream, string expected)
    {
        var body = Encoding.UTF8.GetBytes(stream);
        for (var piece = 1; piece <= body.Length; piece++)
            Assert.Equal(expected, Filtered.Of(Events, body, limits: null, piece).Text);
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"race\":1,\"b\":2}\n", "{\"a\":1}\n{\"b\":2}\n")]
    [InlineData("{\"a\":1}\r\n\r\n{\"race\":1}", "{\"a\":1}\r\n\r\n{}")]
    [InlineData("\uFEFF{\"b\":1}\n{\"race\":1}\n", "\uFEFF{\"b\":1}\n{}\n")]
    [InlineData("\uFEFF\u001e{\"race\":1}\n", "\uFEFF\u001e{}\n")]
    [InlineData("\u001e{\"race\":1}\n\u001e{\"a\":1}\n", "\u001e{}\n\u001e{\"a\":1}\n")]
    public void Lines_lose_their_tags_and_are_else_the_same_bytes(string stream, string expected)
    {
        var body = Encoding.UTF8.GetBytes(stream);
        for (var piece = 1; piece <= body.Length; piece++)
            Assert.Equal(expected, Filtered.Of(Lines, body, limits: null, piece).Text);
    }

    [Fact]
    public void An_answer_that_names_a_group_is_emptied_in_whatever_pieces_it_comes()
    {
        const string Answer = "The man is about forty. He seems to be South Asian, I think. He smiles.";
        for (var length = 1; length <= Answer.Length; length++)
        {
            var pieces = Enumerable.Range(0, (Answer.Length + length - 1) / length)
                .Select(i => Answer.Substring(i * length, Math.Min(length, Answer.Length - (i * length))));
            var said = SaidIn(Filtered.Of(Events, Deltas(pieces)).Text);
            Assert.DoesNotContain("Asian", said, StringComparison.Ordinal);
            Assert.StartsWith(said, Answer, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_answer_without_a_tag_passes_as_it_came()
    {
        var body = Deltas(["The man", " wears a bla", "ck hat. ", "I cannot tell his ethnicity", " from a picture."]);
        Assert.Equal(body, Filtered.Of(Events, body).Bytes);
    }

    [Fact]
    public void A_sentence_is_released_as_soon_as_it_is_complete_or_only_with_the_answer()
    {
        var first = Encoding.UTF8.GetString(Deltas(["He wears a hat. "]))[..^"data: [DONE]\n\n".Length];
        var body = Encoding.UTF8.GetBytes(first + Encoding.UTF8.GetString(Deltas(["He is Hisp", "anic."])));
        Assert.StartsWith("He wears a hat. ", SaidIn(Filtered.Of(Events, body).Text), StringComparison.Ordinal);
        Assert.Empty(SaidIn(Filtered.Of(Events with { HoldsAnswersUntilDone = true }, body).Text));
    }

    [Fact]
    public void The_answer_of_one_choice_says_nothing_of_another()
    {
        var body = Encoding.UTF8.GetBytes(string.Concat(
            new[] { (0, "He is Hisp"), (1, "A hat"), (0, "anic."), (1, " is seen.") }.Select(piece =>
                $$$"""data: {"choices":[{"index":{{{piece.Item1}}},"delta":{"content":"{{{piece.Item2}}}"}}]}""" + "\n\n")) + "data: [DONE]\n\n");
        Assert.Equal("A hat is seen.", SaidIn(Filtered.Of(Events, body).Text));
    }

    [Fact]
    public void A_stream_of_plain_words_is_put_together_as_well()
    {
        var filtered = Filtered.Of(Events, "data: He is Hisp\n\ndata: anic.\n\ndata: Bye.\n\n"u8.ToArray());
        Assert.DoesNotContain("Hisp", filtered.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_is_almost_JSON_ends_the_reply() =>
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Events, "data: {\"content\":\"As\",}\n\n"u8.ToArray()).Reason);

    [Fact]
    public void A_line_that_is_no_JSON_ends_the_reply() =>
        Assert.Equal(RefusalReason.Malformed, Filtered.Of(Lines, "{\"a\":1}\nrace\n"u8.ToArray()).Reason);

    // Each record costs what is in it: when all answers were asked anew, or all lines of an event, this took minutes.
    [Fact]
    public void A_stream_of_many_answers_and_an_event_of_many_lines_pass()
    {
        var answers = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 30_000).Select(i => $$"""{"index":{{i}},"content":"a."}""" + "\n")));
        Assert.Equal(answers, Filtered.Of(Lines, answers).Bytes);
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a\n", 3 << 20)) + "\n");
        Assert.Equal(lines, Filtered.Of(Events, lines, limits: null, piece: 4 << 10).Bytes);
    }

    [Fact]
    public void A_stream_of_more_answers_than_are_remembered_ends()
    {
        static byte[] Answers(int count) =>
            Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, count).Select(i => $$"""{"index":{{i}},"content":"a."}""" + "\n")));

        var limits = ReplyLimits.Default with { Answers = 100 };
        Assert.Equal(Answers(100), Filtered.Of(Lines, [.. Answers(100)], limits).Bytes);
        Assert.Equal(RefusalReason.Limit, Filtered.Of(Lines, Answers(101), limits).Reason);
    }

    [Fact]
    public void An_answer_is_known_by_the_names_and_numbers_around_it_however_long_they_are()
    {
        string Record(string index, string text) => $$"""{"{{new string('a', 5000)}}":[{"index":{{index}},"content":"{{text}}"}]}""" + "\n";
        var long1 = new string('1', 5000);
        var filtered = Filtered.Of(Lines, Encoding.UTF8.GetBytes(Record(long1, "He is Hisp") + Record(long1 + "2", "A hat.") + Record(long1, "anic.")));
        Assert.Equal(Record(long1, "") + Record(long1 + "2", "A hat.") + Record(long1, ""), filtered.Text);
    }

    private static byte[] Deltas(IEnumerable<string> pieces) => Encoding.UTF8.GetBytes(
        string.Concat(pieces.Select(piece =>
            $$$"""data: {"choices":[{"index":0,"delta":{"content":{{{JsonSerializer.Serialize(piece)}}}}}]}""" + "\n\n")) + "data: [DONE]\n\n");

    private static string SaidIn(string stream) => string.Concat(
        stream.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).Select(line =>
        {
            using var document = JsonDocument.Parse(line[6..]);
            return document.RootElement.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString();
        }));
}
