namespace Untag.Scan.Reading.Resources;

/// <summary>Reads the resource files of user interfaces that are written in XML.</summary>
internal sealed class XmlResources : IReader
{
    private static readonly string[] Endings =
        [".axaml", ".resx", ".resw", ".storyboard", ".ui", ".xaml", ".xib", ".xlf", ".xliff"];

    public string Name => "interface resources in XML (Qt .ui and .ts, XAML, Android, .resx, XLIFF, storyboards)";

    public string Reads => "texts in every language, elements and attributes, each with the key of its resource";

    // The same ending serves TypeScript, and every other XML: the content decides.
    public bool Recognises(string path, string text)
    {
        var ending = System.IO.Path.GetExtension(path).ToLowerInvariant();
        if (Endings.Contains(ending))
            return true;
        var start = text.AsSpan().TrimStart();
        start = start[..Math.Min(start.Length, 4096)];
        if (!start.StartsWith("<"))
            return false;
        return ending switch
        {
            ".ts" => start.Contains("<TS", StringComparison.Ordinal),
            ".xml" => start.Contains("<resources", StringComparison.Ordinal)
                || start.Contains("<xliff", StringComparison.Ordinal)
                || (start.Contains("/apk/res/android", StringComparison.Ordinal)
                    && !start.Contains("<manifest", StringComparison.Ordinal))
                || Translations.Contain(path),
            _ => false,
        };
    }

    public ReadResult Read(string path, string text) =>
        new([new XmlKeys(MarkupReader.ReadXml(text, PassageKind.Interface)).Named()]);
}
