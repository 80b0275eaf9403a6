namespace Untag.Scan.Reading.Interfaces;

/// <summary>All formats that are written as source code.</summary>
internal static class CodeFormats
{
    /// <summary>The formats, for the table of formats.</summary>
    public static IReadOnlyList<ICodeFormat> All { get; } =
    [
        new TypeDefinitions(),
        new GraphQl(),
        new SqlStatements(),
        new PrismaSchema(),
        new MappedTables(),
    ];

    private static readonly Dictionary<string, ICodeFormat> ByLanguage = All
        .SelectMany(format => format.Languages, (format, language) => (format, language))
        .ToDictionary(pair => pair.language, pair => pair.format, StringComparer.Ordinal);

    /// <summary>The sections of a file; none in most of them.</summary>
    /// <param name="language">Its language.</param>
    /// <param name="code">The file.</param>
    public static IReadOnlyList<Section> SectionsOf(Language language, CodeText code)
    {
        if (!ByLanguage.TryGetValue(language.Name, out var format))
            return [];
        var marks = new SectionMarks(code.Tokens);
        format.Mark(language.Name, code, marks);
        return marks.InOrder();
    }
}
