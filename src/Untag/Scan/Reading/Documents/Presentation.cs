namespace Untag.Scan.Reading.Documents;

/// <summary>Reads a presentation: each slide is a passage, in the order in which they are shown.</summary>
internal static class Presentation
{
    private const string Part = "ppt/presentation.xml";

    private static readonly (string Start, string Name)[] Others =
    [
        ("ppt/notesSlides/notesSlide", "notes"), ("ppt/comments/", "comments"), ("ppt/slideMasters/slideMaster", "slide master"),
        ("ppt/slideLayouts/slideLayout", "slide layout"), ("ppt/charts/chart", "chart"), ("ppt/diagrams/data", "diagram"),
    ];

    public static void Read(OfficeParts parts, List<Passage> passages)
    {
        var number = 0;
        foreach (var slide in InOrder(parts))
            Add(parts, slide, $"slide {++number}", passages);
        foreach (var (start, kind) in Others)
        {
            number = 0;
            foreach (var name in parts.Named(start, ".xml"))
                Add(parts, name, $"{kind} {++number}", passages);
        }
    }

    private static void Add(OfficeParts parts, string name, string inner, List<Passage> passages)
    {
        var paragraphs = parts.Paragraphs(name, Dialect.OpenXml);
        if (paragraphs.Count > 0)
            passages.Add(DocumentPassages.Whole(paragraphs, inner));
    }

    // The presentation lists its slides by id; those that it does not list are in the file all the same.
    private static List<string> InOrder(OfficeParts parts)
    {
        var targets = Relations.Of(parts, Part);
        var slides = new List<string>();
        var scan = new XmlScan(parts.Read(Part));
        while (scan.Read())
        {
            if (scan.Part == XmlPart.Start && scan.Name is "sldId" && scan.Attribute("r:id") is { } id
                && targets.TryGetValue(id, out var slide) && !slides.Contains(slide))
                slides.Add(slide);
        }

        if (scan.IsCut)
            parts.AddDamage(Part);
        slides.AddRange(parts.Named("ppt/slides/slide", ".xml").Except(slides).ToList());
        return slides;
    }
}
