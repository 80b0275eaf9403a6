namespace Untag.Scan.Reading.Interfaces;

/// <summary>A format that is written in JSON or YAML, and tells more than keys and values. Adding one is one class and
/// one line in <see cref="DocumentFormats"/>.</summary>
internal interface IDocumentFormat
{
    /// <summary>The name shown in the table of formats.</summary>
    string Name { get; }

    /// <summary>What is read of such a document, for the table of formats: a phrase without full stop.</summary>
    string Reads { get; }

    /// <summary>True when the document is of this format, by its own words.</summary>
    bool Recognises(Node document);

    /// <summary>Marks its sections, the outer ones first.</summary>
    void Mark(Node document, SectionMarks marks);
}
