namespace Untag.Scan.Reading;

/// <summary>What a token is in its file.</summary>
public enum TokenKind
{
    /// <summary>A name in code: variable, type, member, function.</summary>
    Identifier,

    /// <summary>The content of a string literal, without its quotes.</summary>
    Literal,

    /// <summary>The content of a comment, without its marks.</summary>
    Comment,

    /// <summary>A number literal.</summary>
    Number,

    /// <summary>The name of a member in structured data: JSON, YAML, TOML, XML element or attribute.</summary>
    Key,

    /// <summary>A scalar in structured data, or the text of an XML element.</summary>
    Value,

    /// <summary>The header of a table's column.</summary>
    Column,

    /// <summary>A line of a document that people read.</summary>
    Prose,

    /// <summary>A run of printable text inside a binary file.</summary>
    Run,
}

/// <summary>One token: the smallest piece of a file that the judgement looks at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text with escapes resolved.</param>
/// <param name="Line">Line of its first character in the file, counted from 1.</param>
/// <param name="Column">Column of its first character in characters, counted from 1.</param>
/// <param name="Group">Number of the innermost bracket pair, object, array, mapping or element around it; 0 is the file.
/// Two tokens with the same number stand side by side.</param>
public readonly record struct Token(TokenKind Kind, ReadOnlyMemory<char> Text, int Line, int Column, int Group);
