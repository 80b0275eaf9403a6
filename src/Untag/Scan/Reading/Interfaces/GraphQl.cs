namespace Untag.Scan.Reading.Interfaces;

/// <summary>GraphQL: what a server defines, and what a client asks of it.</summary>
internal sealed class GraphQl : ICodeFormat
{
    public string Name => "GraphQL";

    public string Reads => "each type, input and enum, each query with its arguments, each operation of a client";

    public IReadOnlyList<string> Languages => ["graphql"];

    public void Mark(string language, CodeText code, SectionMarks marks)
    {
        var starts = StartsIn(code);
        var roots = RootsIn(code, starts);
        MarkNamelessQuery(code, starts.Count > 0 ? starts[0].First : code.Count, marks);
        for (var i = 0; i < starts.Count; i++)
            MarkDefinition(code, starts[i], i + 1 < starts.Count ? starts[i + 1].First : code.Count, roots, marks);
    }

    private static List<(int First, int Keyword)> StartsIn(CodeText code)
    {
        var starts = new List<(int First, int Keyword)>();
        for (var i = 0; i < code.Count; i++)
        {
            if (code.Tokens[i].Group != 0)
            {
                i = EndOfGroup(code, i) - 1;
                continue;
            }

            if (RoleOf(code, i) is null)
                continue;
            starts.Add((code.WithDescription(i, takesTexts: true), i));
            if (HasName(code, i))
                i++; // a name may be any word
        }

        return starts;
    }

    private static bool HasName(CodeText code, int keyword) =>
        code.IsName(keyword + 1) && code.Tokens[keyword + 1].Group == 0
        && (code.Is(keyword, "directive") || !code.IsBehind(keyword + 1, '@'));

    private static void MarkNamelessQuery(CodeText code, int end, SectionMarks marks)
    {
        if (code.GroupCount > 1 && code.Group(1) is { Bracket: '{' } query && query.End <= end)
            marks.Mark(query.First, query.End, "query", SectionRole.Request);
    }

    private static int EndOfGroup(CodeText code, int token)
    {
        var group = code.GroupOf(token);
        while (group.Parent != 0)
            group = code.Group(group.Parent);
        return group.End;
    }

    private static SectionRole? RoleOf(CodeText code, int token)
    {
        if (!code.IsName(token))
            return null;
        return code.Tokens[token].Text.Span switch
        {
            "type" or "interface" or "union" or "enum" or "scalar" => SectionRole.Response,
            "input" or "query" or "mutation" or "subscription" or "fragment" => SectionRole.Request,
            "schema" or "directive" => SectionRole.None,
            _ => null,
        };
    }

    // What a server can be asked is the fields of a few types, which a schema may call otherwise.
    private static HashSet<string> RootsIn(CodeText code, List<(int First, int Keyword)> starts)
    {
        var roots = new HashSet<string>(StringComparer.Ordinal) { "Query", "Mutation", "Subscription" };
        foreach (var (_, keyword) in starts)
        {
            if (!code.Is(keyword, "schema") || code.BodyBehind(keyword, '{') is not (> 0 and var body))
                continue;
            for (var i = code.Group(body).First; i < code.Group(body).End; i++)
            {
                if (code.IsName(i) && code.IsBehind(i, ':'))
                    roots.Add(code.Name(i));
            }
        }

        return roots;
    }

    private static void MarkDefinition(
        CodeText code, (int First, int Keyword) start, int end, HashSet<string> roots, SectionMarks marks)
    {
        var keyword = code.Name(start.Keyword);
        var name = HasName(code, start.Keyword) ? code.Name(start.Keyword + 1) : "";
        marks.Mark(start.First, end, $"{keyword} {name}".TrimEnd(), RoleOf(code, start.Keyword)!.Value);
        if (keyword is "type" or "interface" && code.BodyBehind(start.Keyword, '{') is > 0 and var body
            && code.Group(body).End <= end)
            MarkFields(code, body, name, roots.Contains(name), marks);
    }

    private static void MarkFields(CodeText code, int body, string type, bool isRoot, SectionMarks marks)
    {
        var fields = NamesIn(code, body);
        for (var i = 0; i < fields.Count; i++)
        {
            var end = i + 1 < fields.Count ? fields[i + 1].First : code.Group(body).End;
            var name = $"{type}.{code.Name(fields[i].Name)}";
            var arguments = code.GroupAt(fields[i].Name, '(');
            if (isRoot)
                marks.Mark(fields[i].First, end, name, SectionRole.Response);
            if (arguments > 0)
                MarkArguments(code, arguments, name, marks);
        }
    }

    private static void MarkArguments(CodeText code, int group, string field, SectionMarks marks)
    {
        var arguments = NamesIn(code, group);
        for (var i = 0; i < arguments.Count; i++)
        {
            var end = i + 1 < arguments.Count ? arguments[i + 1].First : code.Group(group).End;
            marks.Mark(arguments[i].First, end, $"{field}, argument {code.Name(arguments[i].Name)}", SectionRole.Request);
        }
    }

    // The names that a colon or arguments follow, each with its description.
    private static List<(int First, int Name)> NamesIn(CodeText code, int group)
    {
        var names = new List<(int First, int Name)>();
        for (var i = code.Group(group).First; i < code.Group(group).End; i++)
        {
            if (code.Tokens[i].Group == group && code.IsName(i) && !code.IsBehind(i, '@')
                && (code.GroupAt(i, '(') > 0 || code.IsBehind(i + 1, ':')))
                names.Add((code.WithDescription(i, takesTexts: true), i));
        }

        return names;
    }
}
