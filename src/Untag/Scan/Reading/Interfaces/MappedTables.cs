namespace Untag.Scan.Reading.Interfaces;

/// <summary>Tables that source code defines: models, and migrations.</summary>
internal sealed class MappedTables : ICodeFormat
{
    public string Name => "tables in source code";

    public string Reads =>
        "each model and migration of " + string.Join(", ", TableMappings.All.Select(mapping => mapping.Name).Distinct());

    public IReadOnlyList<string> Languages => [.. TableMappings.ByLanguage.Keys];

    public void Mark(string language, CodeText code, SectionMarks marks)
    {
        var mappings = TableMappings.ByLanguage[language];
        var blocks = new CodeBlocks(language, code);
        for (var i = 0; i < code.Count; i++)
        {
            if (!code.IsName(i))
                continue;
            if (blocks.DefinesClass(i))
                new MappedClass(code, blocks, i).Mark(mappings, marks);
            else
                MarkCall(mappings, code, blocks, i, marks);
        }
    }

    private static void MarkCall(TableMapping[] mappings, CodeText code, CodeBlocks blocks, int token, SectionMarks marks)
    {
        foreach (var mapping in mappings)
        {
            if (!CodeBlocks.IsOneOf(code, token, mapping.Calls))
                continue;
            var call = new MappedCall(code, blocks, token);
            if (call.Defines(mapping) && call.NameBy(mapping) is { } name)
            {
                marks.Mark(token, call.End, name, SectionRole.Stored);
                return;
            }
        }
    }
}
