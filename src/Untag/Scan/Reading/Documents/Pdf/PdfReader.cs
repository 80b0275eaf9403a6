using System.Text;

namespace Untag.Scan.Reading.Documents.Pdf;

/// <summary>Reads the text of a PDF file page by page, and what it says about itself. Nothing in it is run.</summary>
internal sealed class PdfReader : IBinaryReader
{
    private const int FileBytesMax = 256 * 1024 * 1024;
    private const int TailBytes = 2048; // some programs add a few bytes behind the end
    private const int PagesMax = 20_000;
    private const int UnknownMin = 20;

    private static readonly string[] AboutKeys = ["Title", "Subject", "Keywords"];
    private static readonly string[] RemarkKeys = ["Contents", "T", "TU", "V"];

    public string Name => "PDF";

    public string Reads => "the text of each page, forms, comments and the title; not the text in pictures";

    public bool HidesText => true;

    // Some programs put a few bytes before the mark.
    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        head.StartsWith("%PDF-"u8)
        || (path.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) && head.IndexOf("%PDF-"u8) >= 0);

    public ReadResult Read(string path, Stream stream)
    {
        if (stream.Length > FileBytesMax)
            return new ReadResult([], $"a PDF document larger than {FileBytesMax / 1048576} MiB: it was not read");
        var bytes = new byte[stream.Length];
        stream.Position = 0;
        stream.ReadExactly(bytes);
        var file = new PdfFile(bytes);
        if (file.IsEncrypted)
            return new ReadResult([], "the PDF document is encrypted: its text was not read");
        if (bytes.AsSpan(Math.Max(0, bytes.Length - TailBytes)).IndexOf("%%EOF"u8) < 0)
            file.Problems.Add("the PDF document is cut off");
        var passages = new List<Passage>();
        ReadPages(file, passages);
        AddAbout(file, passages);
        if (file.Attachments > 0)
            file.Problems.Add($"{file.Attachments} attached files were not read");
        return new ReadResult(passages, file.Problems.Count > 0 ? string.Join("; ", file.Problems) : null);
    }

    private static void ReadPages(PdfFile file, List<Passage> passages)
    {
        var pages = new List<Page>();
        CollectPages(file, file.Get(file.Root, "Pages"), resources: null, [], pages);
        var isText = false;
        for (var i = 0; i < pages.Count; i++)
            isText |= ReadPage(file, pages[i], i + 1, passages);
        if (!isText && pages.Exists(page => HasPicture(file, page)))
            file.Problems.Add("the pages are pictures: their text was not read");
    }

    /// <summary>A page, with the resources that it has or inherits.</summary>
    private readonly record struct Page(Dictionary<string, PdfValue> Entries, Dictionary<string, PdfValue>? Resources);

    private static void CollectPages(
        PdfFile file, PdfValue? node, Dictionary<string, PdfValue>? resources, HashSet<Dictionary<string, PdfValue>> seen, List<Page> pages)
    {
        if (file.EntriesOf(node) is not { } entries)
        {
            file.Problems.Add("the PDF document is damaged: pages are missing");
            return;
        }

        if (seen.Count > PagesMax || !seen.Add(entries))
            return;
        resources = file.EntriesOf(file.Get(entries, "Resources")) ?? resources;
        if (file.Get(entries, "Kids") is not PdfValue.Items kids)
        {
            pages.Add(new Page(entries, resources));
            return;
        }

        foreach (var kid in kids.Values)
            CollectPages(file, kid, resources, seen, pages);
    }

    private static bool ReadPage(PdfFile file, Page page, int number, List<Passage> passages)
    {
        var text = new PdfPageText(file);
        text.Follow(ContentOf(file, page), page.Resources, depth: 0);
        if (text.Unknown > UnknownMin && text.Unknown > text.Known)
            file.Problems.Add($"page {number} has a font that does not say its letters: its text was not read");
        AddPassage($"page {number}", text.Paragraphs, passages);
        AddPassage($"page {number}, forms and comments", Remarks(file, page), passages);
        return text.Known + text.Unknown > 0;
    }

    // The streams of a page are one text: an operator may begin in one and end in the next.
    private static byte[] ContentOf(PdfFile file, Page page)
    {
        List<PdfValue.Packed> parts = file.Get(page.Entries, "Contents") switch
        {
            PdfValue.Packed one => [one],
            PdfValue.Items items => [.. items.Values.Select(file.Resolve).OfType<PdfValue.Packed>()],
            _ => [],
        };
        using var content = new MemoryStream();
        if (page.Entries.ContainsKey("Contents") && parts.Count == 0)
            file.Problems.Add("the PDF document is damaged: the content of a page is missing");
        foreach (var part in parts)
        {
            content.Write(file.Unpack(part));
            content.WriteByte((byte)'\n');
        }

        return content.ToArray();
    }

    private static List<string> Remarks(PdfFile file, Page page)
    {
        var remarks = new List<string>();
        if (file.Get(page.Entries, "Annots") is not PdfValue.Items annotations)
            return remarks;
        foreach (var annotation in annotations.Values)
        {
            var entries = file.EntriesOf(annotation);
            foreach (var key in RemarkKeys)
                AddText(file.Get(entries, key), remarks);
            if (file.Get(entries, "Opt") is PdfValue.Items choices)
            {
                foreach (var choice in choices.Values)
                    AddText(file.Resolve(choice), remarks);
            }
        }

        return remarks;
    }

    private static void AddAbout(PdfFile file, List<Passage> passages)
    {
        var about = new List<string>();
        foreach (var key in AboutKeys)
            AddText(file.Get(file.About, key), about);
        AddPassage("title and keywords", about, passages);
    }

    private static void AddText(PdfValue? value, List<string> texts)
    {
        if (value is not PdfValue.Text { Bytes: var bytes })
            return;
        var text = bytes is [0xFE, 0xFF, ..] ? Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2))
            : bytes is [0xEF, 0xBB, 0xBF, ..] ? Encoding.UTF8.GetString(bytes.AsSpan(3))
            : Encoding.Latin1.GetString(bytes);
        if (!string.IsNullOrWhiteSpace(text))
            texts.Add(text);
    }

    private static void AddPassage(string inner, IReadOnlyList<string> paragraphs, List<Passage> passages)
    {
        var tokens = new List<Token>();
        foreach (var paragraph in paragraphs)
            tokens.Add(new Token(TokenKind.Prose, paragraph.AsMemory(), tokens.Count + 1, Column: 1, Group: 0));
        if (tokens.Count > 0)
            passages.Add(new Passage(PassageKind.Prose, "document", tokens, inner) { LinesAreEntries = true });
    }

    private static bool HasPicture(PdfFile file, Page page) =>
        file.EntriesOf(file.Get(page.Resources, "XObject")) is { } objects
        && objects.Values.Any(value => file.NameOf(file.EntriesOf(value), "Subtype") == "Image");
}
