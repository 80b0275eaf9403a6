using System.IO.Compression;
using System.Text;

namespace Untag.Scan.Reading.Documents;

/// <summary>Reads the documents of office programs, Office Open XML and OpenDocument, as the one file that they are to
/// people. What is embedded in them is opened like the entries of any archive.</summary>
internal sealed class OfficeReader : IBinaryReader
{
    private static readonly string[] Endings =
        [".docx", ".docm", ".dotx", ".dotm", ".pptx", ".pptm", ".potx", ".ppsx", ".xlsx", ".xlsm", ".xltx",
         ".odt", ".ott", ".odp", ".otp", ".ods", ".ots", ".odg"];

    // Read, or without content: looks, settings, and copies of what stands elsewhere.
    private static readonly string[] Parts =
        ["[Content_Types].xml", "mimetype", "META-INF/manifest.xml", "content.xml", "styles.xml", "settings.xml",
         "word/fontTable.xml", "word/numbering.xml", "word/settings.xml", "word/styles.xml", "word/stylesWithEffects.xml",
         "word/webSettings.xml", "ppt/presProps.xml", "ppt/presentation.xml", "ppt/tableStyles.xml", "ppt/viewProps.xml",
         "xl/calcChain.xml", "xl/sharedStrings.xml", "xl/styles.xml", "xl/workbook.xml"];

    private static readonly string[] PartsThatBegin =
        ["word/document", "word/header", "word/footer", "word/footnotes", "word/endnotes", "word/comments", "word/charts/",
         "word/diagrams/", "word/glossary/", "word/theme/", "ppt/charts/", "ppt/comments/", "ppt/diagrams/",
         "ppt/notesMasters/", "ppt/notesSlides/", "ppt/slideLayouts/", "ppt/slideMasters/", "ppt/slides/", "ppt/theme/",
         "xl/charts/", "xl/comments", "xl/drawings/", "xl/externalLinks/", "xl/pivotCache/", "xl/pivotTables/", "xl/tables/",
         "xl/theme/", "xl/threadedComments/", "xl/worksheets/"];

    public string Name => "office documents (DOCX, PPTX, XLSX, ODT, ODP, ODS)";

    public string Reads => "paragraphs, tables, comments, headers and footers; of a sheet the header and its labels, never a row";

    public bool HidesText => true;

    // The name may be wrong; an archive that begins with the list of its types, or with its own type, may be a document.
    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        head.StartsWith("PK\x3\x4"u8)
        && (Array.IndexOf(Endings, System.IO.Path.GetExtension(path).ToLowerInvariant()) >= 0
            || head[Math.Min(30, head.Length)..].StartsWith("[Content_Types].xml"u8)
            || head[Math.Min(30, head.Length)..].StartsWith("mimetypeapplication/vnd.oasis.opendocument"u8));

    public bool HasRead(string entry) =>
        entry.EndsWith(".rels", StringComparison.Ordinal)
        || Array.IndexOf(Parts, entry) >= 0
        || (entry.EndsWith(".xml", StringComparison.Ordinal)
            && Array.Exists(PartsThatBegin, start => entry.StartsWith(start, StringComparison.Ordinal)));

    public ReadResult Read(string path, Stream stream)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true, Encoding.UTF8);
            return Read(new OfficeParts(archive));
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            return new ReadResult([], $"the document is damaged: {problem.Message.TrimEnd('.')}");
        }
    }

    private static ReadResult Read(OfficeParts parts)
    {
        var passages = new List<Passage>();
        if (parts.Has("word/document.xml"))
            WordDocument.Read(parts, passages);
        else if (parts.Has("ppt/presentation.xml"))
            Presentation.Read(parts, passages);
        else if (parts.Has("xl/workbook.xml"))
            Workbook.Read(parts, passages);
        else if (parts.Has("content.xml") && parts.Has("META-INF/manifest.xml"))
            OpenDocument.Read(parts, passages);
        return new ReadResult(passages, parts.Problems.Count > 0 ? string.Join("; ", parts.Problems) : null);
    }
}
