using System.Text;
using Untag.Server.Guard.Replies.Json;

namespace Untag.Server.Guard.Replies.Streams;

/// <summary>Documents of JSON, one a line; with or without the record separator of RFC 7464 before each.</summary>
internal sealed class JsonLinesBody(JsonSettings settings) : RecordBody(settings)
{
    private const byte Separator = 0x1E;

    protected override int EndOfRecord(ReadOnlySpan<byte> bytes, int start, int searched) =>
        bytes[searched..].IndexOf((byte)'\n') is var end and >= 0 ? searched + end + 1 : -1;

    protected override void Record(ReadOnlySpan<byte> record)
    {
        var begin = record.StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0;
        begin += record[begin..] is [Separator, ..] ? 1 : 0;
        var end = record.TrimEnd("\r\n"u8).Length;
        if (record[begin..Math.Max(begin, end)].Trim(" \t\r"u8).IsEmpty)
        {
            Answers.Add(new StreamRecord(record.ToArray(), Json: null, json => json));
            return;
        }

        var json = Filter.Filter(record[begin..end])
            ?? throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply holds a line that is no JSON");
        byte[] before = record[..begin].ToArray(), behind = record[end..].ToArray();
        Answers.Add(new StreamRecord([.. before, .. json, .. behind], json, other => [.. before, .. other, .. behind]));
    }
}
