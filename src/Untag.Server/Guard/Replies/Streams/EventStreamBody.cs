using System.Text;
using Untag.Server.Guard.Replies.Json;

namespace Untag.Server.Guard.Replies.Streams;

/// <summary>Server-sent events. The lines of data of an event are one document or one text; everything else in it is a text.
/// </summary>
internal sealed class EventStreamBody : RecordBody
{
    private readonly LooseTexts texts;

    /// <param name="settings">What events are judged with.</param>
    public EventStreamBody(JsonSettings settings)
        : base(settings) => texts = new LooseTexts(Pass, Filter);

    // An event ends with an empty line: one that ends where the line before it does. A line ends with CR, LF or both; a CR at the end of
    // what came may have its LF yet to come, and is looked at again.
    protected override int EndOfRecord(ReadOnlySpan<byte> bytes, int start, int searched)
    {
        for (var at = Math.Max(start, searched - 1); bytes[at..].IndexOfAny((byte)'\r', (byte)'\n') is var next and >= 0; at++)
        {
            at += next;
            var isSecond = at > start && bytes[at - 1] == '\r' && bytes[at] == '\n';
            var isEmpty = at == start || bytes[at - 1] is (byte)'\r' or (byte)'\n';
            if (isEmpty && !isSecond)
                return EndOfLine(bytes, at, out var end) ? end : -1;
        }

        return -1;
    }

    protected override void Record(ReadOnlySpan<byte> record)
    {
        var lines = LinesOf(record);
        lines.RemoveAll(line => !IsData(line) && (IsTag(line) || texts.HoldTag(line.AsSpan(Array.IndexOf(line, (byte)':') + 1))));
        var data = DataOf(lines);
        if (data is null)
        {
            Answers.Add(new StreamRecord(Frame(lines, data: null), Json: null, json => json));
            return;
        }

        if (data.AsSpan().Trim(" \n"u8).SequenceEqual("[DONE]"u8))
        {
            Answers.Release();
            Answers.Add(new StreamRecord(Frame(lines, data), Json: null, json => json));
            return;
        }

        if (Filter.Filter(data) is { } json)
            Answers.Add(new StreamRecord(Frame(lines, json), json, other => Frame(lines, other)));
        else if (TextJudge.IsJson(data))
            throw Refusal.Uninspectable(RefusalReason.Malformed, "the reply holds an event that is almost JSON");
        else
            Answers.Add(new StreamRecord(Frame(lines, IsTag(data) ? [] : data), Json: null, other => Frame(lines, other)) { Text = Encoding.UTF8.GetString(data) });
    }

    private bool IsTag(ReadOnlySpan<byte> text) => texts.AreTag(text, "$");

    private static bool EndOfLine(ReadOnlySpan<byte> bytes, int at, out int next)
    {
        var end = bytes[at..].IndexOfAny((byte)'\r', (byte)'\n');
        next = at + end + 1;
        if (end < 0 || (bytes[next - 1] == '\r' && next == bytes.Length))
            return false;
        if (bytes[next - 1] == '\r' && bytes[next] == '\n')
            next++;
        return true;
    }

    private static List<byte[]> LinesOf(ReadOnlySpan<byte> record)
    {
        var lines = new List<byte[]>();
        for (var at = 0; at < record.Length;)
        {
            if (!EndOfLine(record, at, out var next))
                next = record.Length;
            lines.Add(record[at..next].ToArray());
            at = next;
        }

        return lines;
    }

    private static byte[]? DataOf(List<byte[]> lines)
    {
        List<byte>? data = null;
        foreach (var line in lines)
        {
            if (!IsData(line))
                continue;
            if (data is null)
                data = [];
            else
                data.Add((byte)'\n');
            data.AddRange(ValueOf(line));
        }

        return data?.ToArray();
    }

    private static bool IsData(ReadOnlySpan<byte> line) =>
        WithoutMark(line) is var field && field.StartsWith("data"u8) && field[4..] is [] or [(byte)':' or (byte)'\r' or (byte)'\n', ..];

    // The first line may begin with a mark of the byte order.
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> line) => line.StartsWith("\uFEFF"u8) ? line[3..] : line;

    private static byte[] ValueOf(ReadOnlySpan<byte> line)
    {
        var value = WithoutMark(line)[4..].TrimEnd("\r\n"u8);
        if (value is [(byte)':', (byte)' ', ..])
            return value[2..].ToArray();
        return value is [(byte)':', ..] ? value[1..].ToArray() : [];
    }

    // The event with other data.
    private static byte[] Frame(List<byte[]> lines, byte[]? data)
    {
        if (data is not null && DataOf(lines) is { } was && was.AsSpan().SequenceEqual(data))
            data = null;
        var isWritten = false;
        var framed = new List<byte>();
        foreach (var line in lines)
        {
            if (data is null || !IsData(line))
            {
                framed.AddRange(line);
            }
            else if (!isWritten)
            {
                isWritten = true;
                foreach (var part in Encoding.UTF8.GetString(data).Split('\n'))
                    framed.AddRange(Encoding.UTF8.GetBytes($"data: {part}\n"));
            }
        }

        return [.. framed];
    }
}
