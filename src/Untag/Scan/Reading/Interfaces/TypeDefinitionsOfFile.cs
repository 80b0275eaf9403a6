namespace Untag.Scan.Reading.Interfaces;

/// <summary>The messages, enums and calls that one file defines.</summary>
internal sealed class TypeDefinitionsOfFile(CodeText code)
{
    private const int DepthMax = 32;

    private readonly List<Definition> definitions = [];
    private readonly CallTypes types = new();

    /// <summary>Marks all of them.</summary>
    public void Mark(SectionMarks marks)
    {
        AddDefinitions(0, code.Count, "", depth: 0);
        foreach (var definition in definitions)
            marks.Mark(definition.First, definition.End, definition.Inner, definition.Role ?? types.RoleOf(definition.Type));
    }

    private void AddDefinitions(int first, int end, string prefix, int depth)
    {
        for (var i = first; i < end; i++)
        {
            if (KindOf(i) is not { } kind || !code.IsName(i + 1))
                continue;
            var body = code.BodyBehind(i + 1, '{');
            if (body == 0)
                continue;
            Add(i, kind, body, prefix, depth);
            i = code.Group(body).End - 1;
        }
    }

    private void Add(int keyword, string kind, int body, string prefix, int depth)
    {
        var (_, _, first, end) = code.Group(body);
        var name = code.Name(keyword + 1);
        if (kind is "service" or "protocol")
        {
            definitions.Add(new Definition(code.WithDescription(keyword), end, $"{kind} {name}", "", SectionRole.Response));
            if (depth < DepthMax)
                AddDefinitions(first, end, "", depth + 1);
            AddCalls(body, name);
            return;
        }

        var type = $"{prefix}{name}";
        definitions.Add(new Definition(code.WithDescription(keyword), end, $"{kind} {type}", type, null));
        if (depth < DepthMax)
            AddDefinitions(first, end, $"{type}.", depth + 1);
    }

    private string? KindOf(int token)
    {
        if (!code.IsName(token))
            return null;
        return code.Tokens[token].Text.Span switch
        {
            "message" => "message",
            "struct" => "struct",
            "record" => "record",
            "union" => "union",
            "exception" => "exception",
            "error" => "error",
            "table" => "table",
            "enum" => "enum",
            "interface" => "interface",
            "service" or "rpc_service" => "service",
            "protocol" => "protocol",
            _ => null,
        };
    }

    private void AddCalls(int body, string service)
    {
        var end = code.Group(body).End;
        var calls = CallsIn(body);
        for (var i = 0; i < calls.Count; i++)
        {
            var (begin, name) = calls[i];
            AddCall(begin, name, i + 1 < calls.Count ? calls[i + 1].Begin : end, $"rpc {service}.{code.Name(name)}");
        }
    }

    // In a service every pair of parentheses behind a name is a call with its request, but for a few words.
    private List<(int Begin, int Name)> CallsIn(int body)
    {
        var calls = new List<(int Begin, int Name)>();
        for (var i = code.Group(body).First; i < code.Group(body).End; i++)
        {
            if (code.Tokens[i].Group == body && code.IsName(i) && code.GroupAt(i, '(') > 0
                && code.Tokens[i].Text.Span is not ("option" or "returns" or "throws" or "raises"))
                calls.Add((BeginOf(i, body), i));
        }

        return calls;
    }

    // `rpc` or the type of the result stand before the name.
    private int BeginOf(int name, int body)
    {
        var begin = name;
        while (begin > code.Group(body).First && code.IsName(begin - 1) && code.Tokens[begin - 1].Group == body
            && !code.IsBehind(begin, ';') && !code.IsBehind(begin, ',')
            && !code.IsBehind(begin, ')') && !code.IsBehind(begin, '}'))
            begin--;
        return code.WithDescription(begin);
    }

    private void AddCall(int begin, int name, int end, string call)
    {
        var body = code.Tokens[name].Group;
        var (_, _, from, to) = code.Group(code.GroupAt(name, '('));
        definitions.Add(new Definition(begin, end, call, "", SectionRole.Response));
        definitions.Add(new Definition(from, to, $"{call}, request", "", SectionRole.Request));
        types.Requests.Add(code, from, to);
        types.Responses.Add(code, begin, name);
        types.Responses.Add(code, to, end);
        for (var i = to; i < end; i++)
        {
            if (code.Tokens[i].Group != body || !code.Is(i, "returns") || code.GroupAt(i, '(') is not (> 0 and var group))
                continue;
            var (_, _, first, last) = code.Group(group);
            definitions.Add(new Definition(first, last, $"{call}, response", "", SectionRole.Response));
        }
    }

    // A role that is not known yet follows from what the calls of the file take and give.
    private readonly record struct Definition(int First, int End, string Inner, string Type, SectionRole? Role);
}
