namespace Untag.Scan.Reading.Interfaces;

/// <summary>Definitions that are written as source code: of interfaces, of tables. Adding one is one class and one line
/// in <see cref="CodeFormats"/>.</summary>
internal interface ICodeFormat
{
    /// <summary>The name shown in the table of formats.</summary>
    string Name { get; }

    /// <summary>What is read of such a file, for the table of formats: a phrase without full stop.</summary>
    string Reads { get; }

    /// <summary>The languages of <see cref="Languages"/> in which it is written.</summary>
    IReadOnlyList<string> Languages { get; }

    /// <summary>Marks the sections of a file, the outer ones first; nothing in a file that defines nothing.</summary>
    /// <param name="language">Name of the file's language.</param>
    /// <param name="code">The file.</param>
    /// <param name="marks">Where they are collected.</param>
    void Mark(string language, CodeText code, SectionMarks marks);
}
