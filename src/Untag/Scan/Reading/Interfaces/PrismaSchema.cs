namespace Untag.Scan.Reading.Interfaces;

/// <summary>Schemas of Prisma, which define tables in a language of their own.</summary>
internal sealed class PrismaSchema : ICodeFormat
{
    public string Name => "Prisma schema";

    public string Reads => "each model and enum";

    public IReadOnlyList<string> Languages => ["prisma"];

    public void Mark(string language, CodeText code, SectionMarks marks)
    {
        for (var i = 0; i < code.Count; i++)
        {
            if (code.Tokens[i].Group != 0 || !code.IsName(i) || code.Tokens[i].Text.Span is not ("model" or "enum" or "type" or "view")
                || !code.IsName(i + 1) || code.GroupAt(i + 1, '{') is not (> 0 and var body))
                continue;
            var name = TableOf(code, body) is { } table ? $"table {table}" : $"{code.Name(i)} {code.Name(i + 1)}";
            marks.Mark(code.WithDescription(i), code.Group(body).End, name, SectionRole.Stored);
            i = code.Group(body).End - 1;
        }
    }

    // @@map("faces")
    private static string? TableOf(CodeText code, int body)
    {
        for (var i = code.Group(body).First; i < code.Group(body).End; i++)
        {
            if (code.Tokens[i].Group == body && code.Is(i, "map") && code.StartsLine(i))
                return MappedCall.TextBehind(code, i);
        }

        return null;
    }
}
