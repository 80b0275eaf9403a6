using System.Net;

namespace Untag.Scan.Reading.Documents;

/// <summary>What a scan of XML meets.</summary>
internal enum XmlPart
{
    Start,
    End,
    Text,
}

/// <summary>Walks over the XML that office programs write: elements and texts. Nothing is resolved but character
/// references, so that no document type can make it grow.</summary>
/// <remarks>The framework's reader would make the program larger by half; machine-made XML needs none of what it adds.</remarks>
/// <param name="text">The XML.</param>
internal ref struct XmlScan(string text)
{
    private readonly string text = text;
    private int at;
    private (int Start, int Length) name;
    private (int Start, int Length) attributes;
    private (int Start, int Length) content;
    private bool endsItself;
    private bool isCut;
    private int depth;

    /// <summary>What was met.</summary>
    public XmlPart Part { get; private set; }

    /// <summary>Elements that are open, this one included.</summary>
    public readonly int Depth => depth;

    /// <summary>True when the text ended inside of an element, or an end had no beginning.</summary>
    public readonly bool IsCut => isCut || depth != 0;

    /// <summary>Name of the element, without its prefix.</summary>
    public readonly ReadOnlySpan<char> Name
    {
        get
        {
            var whole = text.AsSpan(name.Start, name.Length);
            return whole[(whole.IndexOf(':') + 1)..];
        }
    }

    /// <summary>The text, with its references resolved.</summary>
    public readonly string Content => WebUtility.HtmlDecode(text.Substring(content.Start, content.Length));

    /// <summary>Moves on; false at the end. An element that ends itself is met twice, as start and as end.</summary>
    public bool Read()
    {
        if (endsItself)
        {
            endsItself = false;
            depth--;
            Part = XmlPart.End;
            return true;
        }

        while (at < text.Length)
        {
            if (text[at] != '<')
                return ReadText();
            if (StartsWith("<!--"))
                SkipTo("-->");
            else if (StartsWith("<![CDATA["))
                return ReadPlain();
            else if (StartsWith("<?"))
                SkipTo("?>");
            else if (StartsWith("<!"))
                SkipTo(">");
            else
                return ReadTag();
        }

        return false;
    }

    /// <summary>The value of an attribute, by its name; null when the element has none.</summary>
    public readonly string? Attribute(string wanted)
    {
        var rest = text.AsSpan(attributes.Start, attributes.Length);
        while (rest.IndexOf('=') is var cut and >= 0)
        {
            var key = rest[..cut].Trim();
            rest = rest[(cut + 1)..].TrimStart();
            if (rest.IsEmpty || rest[0] is not ('"' or '\''))
                return null;
            var length = rest[1..].IndexOf(rest[0]);
            if (length < 0)
                return null;
            if (key.SequenceEqual(wanted))
                return WebUtility.HtmlDecode(rest.Slice(1, length).ToString());
            rest = rest[(length + 2)..];
        }

        return null;
    }

    private readonly bool StartsWith(string mark) => string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0;

    private void SkipTo(string close)
    {
        var end = text.IndexOf(close, at, StringComparison.Ordinal);
        isCut |= end < 0;
        at = end < 0 ? text.Length : end + close.Length;
    }

    private bool ReadText()
    {
        var end = text.IndexOf('<', at);
        content = (at, (end < 0 ? text.Length : end) - at);
        at += content.Length;
        Part = XmlPart.Text;
        return true;
    }

    private bool ReadPlain()
    {
        var start = at + "<![CDATA[".Length;
        SkipTo("]]>");
        content = (start, Math.Max(0, at - "]]>".Length - start));
        Part = XmlPart.Text;
        return true;
    }

    private bool ReadTag()
    {
        var isEnd = StartsWith("</");
        var start = at + (isEnd ? 2 : 1);
        var end = EndOfTag(start);
        if (end < 0)
        {
            isCut = true;
            at = text.Length;
            return false;
        }

        var inside = text.AsSpan(start, end - start);
        var length = inside.IndexOfAny(" \t\r\n/");
        name = (start, length < 0 ? inside.Length : length);
        attributes = (start + name.Length, inside.Length - name.Length);
        at = end + 1;
        endsItself = !isEnd && inside.EndsWith("/");
        depth += isEnd ? -1 : 1;
        isCut |= depth < 0;
        Part = isEnd ? XmlPart.End : XmlPart.Start;
        return true;
    }

    // A sign in quotes ends no tag.
    private readonly int EndOfTag(int start)
    {
        for (var i = start; i < text.Length; i++)
        {
            if (text[i] == '>')
                return i;
            if (text[i] is '"' or '\'')
            {
                i = text.IndexOf(text[i], i + 1);
                if (i < 0)
                    return -1;
            }
        }

        return -1;
    }
}
