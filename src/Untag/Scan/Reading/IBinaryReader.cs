namespace Untag.Scan.Reading;

/// <summary>Reads one family of formats that are not text. Adding a format is one class and one line in
/// <see cref="Readers"/>.</summary>
internal interface IBinaryReader
{
    /// <summary>The name shown in the table of formats.</summary>
    string Name { get; }

    /// <summary>What is read of such a file, for the table of formats: a phrase without full stop.</summary>
    string Reads { get; }

    /// <summary>True when the structure hides text from a search of the raw bytes, because it is packed or wide, or when
    /// it can tell of a tag without any word. Such a file is always read.</summary>
    bool HidesText { get; }

    /// <summary>True when these bytes have the structure that this reader knows.</summary>
    /// <param name="path">Path of the artefact; its name is a hint, its content decides.</param>
    /// <param name="head">The first bytes, at most <see cref="Readers.HeadBytes"/>.</param>
    bool Recognises(string path, ReadOnlySpan<byte> head);

    /// <summary>Reads the structure, and only the parts of the file that it needs: a model of many gigabytes costs a few
    /// pages. Never throws on bad input, never executes or trusts it: what cannot be read is stated as the problem, and
    /// what was read before is kept.</summary>
    /// <param name="path">Path of the artefact.</param>
    /// <param name="stream">The bytes from their beginning; it can seek, and its length is known.</param>
    ReadResult Read(string path, Stream stream);

    /// <summary>Of a format that is an archive: true for an entry that <see cref="Read"/> has read, or that never holds
    /// content. All others are opened as the files that they are.</summary>
    /// <param name="entry">Name of the entry.</param>
    bool HasRead(string entry) => false;
}
