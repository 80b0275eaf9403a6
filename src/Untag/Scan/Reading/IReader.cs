namespace Untag.Scan.Reading;

/// <summary>Reads one family of text formats. Adding a format is one class and one line in <see cref="Readers"/>.</summary>
internal interface IReader
{
    /// <summary>The name shown in the table of formats.</summary>
    string Name { get; }

    /// <summary>What is read of such a file, for the table of formats: a phrase without full stop.</summary>
    string Reads { get; }

    /// <summary>True when these bytes have the structure that this reader knows.</summary>
    /// <param name="path">Path of the artefact; its name is a hint, its content decides.</param>
    /// <param name="text">The decoded text.</param>
    bool Recognises(string path, string text);

    /// <summary>Splits the text into passages. Never throws on bad input: what cannot be parsed is read as plain text
    /// and the problem is stated.</summary>
    ReadResult Read(string path, string text);
}
