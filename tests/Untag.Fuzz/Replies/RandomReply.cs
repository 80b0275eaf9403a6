using System.Globalization;
using System.Text;

namespace Untag.Fuzz.Replies;

/// <summary>Writes random replies: the words of <see cref="KnownMeanings"/> in random shapes, with random blanks and
/// escapes. One in three is plain ASCII, as most replies are.</summary>
internal sealed class RandomReply(int seed)
{
    private const int DepthMax = 5;
    private const int MembersMax = 5;

    private static readonly string[] Numbers = ["0", "-0", "1.50", "7e2", "0.1E-3", "12345678901234567890", "-1"];
    private static readonly string[] Blanks = ["", "", "", " ", "\n  ", "\t", "\r\n"];

    private static readonly string[] PlainWords = [.. KnownMeanings.All.Where(word => word.All(c => char.IsAscii(c) && c is not ('"' or '\\' or < ' ')))];

    private readonly bool isPlain = seed % 3 == 0;
    private readonly Random random = new(seed);
    private readonly StringBuilder text = new();

    /// <summary>A reply.</summary>
    public string Write() => Document(texts: 0);

    /// <summary>Cuts bytes into pieces of random lengths.</summary>
    public IEnumerable<byte[]> Cut(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(bytes.Length - at, random.Next(3) == 0 ? 1 : 1 + random.Next(40));
            yield return bytes[at..(at + length)];
            at += length;
        }
    }

    private string Document(int texts)
    {
        var start = text.Length;
        if (texts == 0)
            Value(depth: 0, texts);
        else if (random.Next(2) == 0)
            Object(DepthMax - 2, texts);
        else
            List(DepthMax - 2, texts);
        var document = text.ToString(start, text.Length - start);
        text.Length = start;
        return document;
    }

    private void Value(int depth, int texts)
    {
        Blank();
        var kind = random.Next(depth >= DepthMax ? 6 : 12);
        if (kind < 3)
            Text(AnyText(texts));
        else if (kind == 3)
            text.Append(Numbers[random.Next(Numbers.Length)]);
        else if (kind == 4)
            text.Append(random.Next(2) == 0 ? "true" : "null");
        else if (kind == 5)
            text.Append("false");
        else if (kind < 9)
            Object(depth, texts);
        else
            List(depth, texts);
        Blank();
    }

    private void Object(int depth, int texts)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        text.Append('{');
        for (var members = random.Next(MembersMax + 1); members > 0; members--)
        {
            var name = AnyWord();
            if (!names.Add(name))
                continue;
            if (names.Count > 1)
                text.Append(',');
            Blank();
            Text(name);
            Blank();
            text.Append(':');
            Value(depth + 1, texts);
        }

        Blank();
        text.Append('}');
    }

    private void List(int depth, int texts)
    {
        text.Append('[');
        var isOfTexts = random.Next(3) == 0;
        for (var (i, count) = (0, random.Next(MembersMax + 1)); i < count; i++)
        {
            if (i > 0)
                text.Append(',');
            if (isOfTexts)
                Text(AnyWord());
            else
                Value(depth + 1, texts);
        }

        text.Append(']');
    }

    private string AnyText(int texts) => !isPlain && texts < 2 && random.Next(8) == 0 ? Document(texts + 1) : AnyWord();

    private string AnyWord()
    {
        var words = isPlain ? PlainWords : KnownMeanings.All;
        return words[random.Next(words.Count)];
    }

    private void Blank() => text.Append(Blanks[random.Next(Blanks.Length)]);

    private void Text(string characters)
    {
        var escapes = random.Next(4) == 0 ? 3 : 40;
        text.Append('"');
        foreach (var c in characters)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c < ' ' || (!isPlain && random.Next(escapes) == 0))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                text.Append(c);
        }

        text.Append('"');
    }
}
