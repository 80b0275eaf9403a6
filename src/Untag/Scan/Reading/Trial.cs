using System.Text;
using System.Text.Json;
namespace Untag.Scan.Reading;
internal static class Trial
{
    public static ReadResult Read(string path, ReadOnlySpan<byte> bytes)
    {
        var ext = System.IO.Path.GetExtension(path).ToLowerInvariant();
        if (bytes.Length > 0 && bytes[..Math.Min(bytes.Length, 8000)].Contains((byte)0)) return new([new Passage(PassageKind.Binary, "binary", Runs(bytes))]);
        var text = Encoding.UTF8.GetString(bytes);
        switch (ext)
        {
            case ".md" or ".rst" or ".txt" or "" or ".log": return new([new Passage(PassageKind.Prose, "markdown", Lines(text, TokenKind.Prose))]);
            case ".csv" or ".tsv": return new([new Passage(PassageKind.Table, "csv", text.Split('\n')[0].Split(',').Select((c, i) => new Token(TokenKind.Column, c.Trim('"', '\r').AsMemory(), 1, i + 1, 1)).ToList())]);
            case ".pkl": return new([new Passage(PassageKind.Binary, "binary", Runs(bytes))]);
            case ".json": try { return new([new Passage(PassageKind.Structure, "json", Json(bytes, 0))]); } catch (JsonException) { break; }
            case ".ipynb": try { return new(Notebook(bytes)); } catch (JsonException) { break; }
            case ".html" or ".xml" or ".xaml" or ".ui" or ".storyboard" or ".plist" or ".strings": return new([new Passage(ext is ".plist" ? PassageKind.Structure : PassageKind.Interface, "markup", Markup(text))]);
            case ".yaml" or ".yml" or ".toml" or ".ini" or ".cfg" or ".properties": return new([new Passage(PassageKind.Structure, "yaml", KeyValues(text))]);
            case ".sql": return new([new Passage(PassageKind.Sql, "sql", Code(text, "--", false, 0))]);
        }
        return new([new Passage(PassageKind.Code, "code", Code(text, ext is ".py" or ".r" or ".rb" or ".sh" ? "#" : "//", ext is ".py", 0))]);
    }
    static List<Token> Lines(string text, TokenKind kind) => text.Split('\n').Select((l, i) => new Token(kind, l.AsMemory(), i + 1, 1, 0)).ToList();
    static List<Token> Markup(string t)
    {
        var list = new List<Token>(); int line = 1, i = 0;
        while (i < t.Length)
        {
            if (t[i] == '\n') { line++; i++; continue; }
            if (t[i] is '<' or '>' or '/' or '=' or '"' or ' ') { i++; continue; }
            int s = i; var attr = i > 0 && t[i - 1] == '"';
            while (i < t.Length && t[i] is not ('<' or '>' or '=' or '"' or '\n')) i++;
            list.Add(new Token(attr ? TokenKind.Value : TokenKind.Value, t.AsMemory(s, i - s), line, 1, 0));
        }
        return list;
    }
    static List<Token> KeyValues(string text)
    {
        var list = new List<Token>(); int n = 0;
        foreach (var l in text.Split('\n'))
        {
            n++; var s = l.Trim().TrimStart('-').Trim(); if (s.Length == 0) continue;
            if (s[0] == '#') { list.Add(new Token(TokenKind.Comment, s.AsMemory(1), n, 1, 0)); continue; }
            int c = s.IndexOfAny([':', '=']);
            if (c > 0) { list.Add(new Token(TokenKind.Key, s.AsMemory(0, c), n, 1, 0)); list.Add(new Token(TokenKind.Value, s.AsMemory(c + 1), n, c + 1, 0)); }
            else list.Add(new Token(TokenKind.Value, s.AsMemory(), n, 1, 0));
        }
        return list;
    }
    static List<Token> Runs(ReadOnlySpan<byte> b)
    {
        var list = new List<Token>(); int s = -1;
        for (int i = 0; i <= b.Length; i++)
        {
            bool p = i < b.Length && (b[i] >= 32 && b[i] < 127);
            if (p && s < 0) s = i;
            if (!p && s >= 0) { if (i - s >= 4) list.Add(new Token(TokenKind.Run, Encoding.UTF8.GetString(b[s..i]).AsMemory(), 0, s, 0)); s = -1; }
        }
        return list;
    }
    static List<Token> Json(ReadOnlySpan<byte> b, int _)
    {
        var list = new List<Token>(); var r = new Utf8JsonReader(b, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        int line = 1; long pos = 0; int next = 1; var st = new Stack<int>(); int g = 0;
        while (r.Read())
        {
            foreach (var x in b.Slice((int)pos, (int)(r.TokenStartIndex - pos))) if (x == 10) line++;
            pos = r.TokenStartIndex;
            switch (r.TokenType)
            {
                case JsonTokenType.StartArray or JsonTokenType.StartObject: st.Push(g); g = next++; break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject: g = st.Pop(); break;
                case JsonTokenType.PropertyName: list.Add(new Token(TokenKind.Key, r.GetString().AsMemory(), line, 1, g)); break;
                case JsonTokenType.String: list.Add(new Token(TokenKind.Value, r.GetString().AsMemory(), line, 1, g)); break;
            }
        }
        return list;
    }
    static List<Passage> Notebook(ReadOnlySpan<byte> b)
    {
        var res = new List<Passage>(); using var d = JsonDocument.Parse(b.ToArray()); int n = 0;
        foreach (var c in d.RootElement.GetProperty("cells").EnumerateArray())
        {
            n++; var src = c.GetProperty("source"); var text = src.ValueKind == JsonValueKind.Array ? string.Concat(src.EnumerateArray().Select(x => x.GetString())) : src.GetString()!;
            var code = c.GetProperty("cell_type").GetString() == "code";
            var toks = code ? Code(text, "#", true, 0) : Lines(text, TokenKind.Prose);
            res.Add(new Passage(code ? PassageKind.Code : PassageKind.Prose, "python", toks.Select(t => t with { Line = 1 }).ToList(), $"cell {n}"));
        }
        return res;
    }
    static List<Token> Code(string t, string lc, bool py, int _)
    {
        var list = new List<Token>(); int line = 1, i = 0, next = 1, g = 0, ls = 0; var st = new Stack<int>();
        while (i < t.Length)
        {
            char c = t[i];
            if (c == '\n') { line++; i++; ls = i; continue; }
            if (c is '(' or '[' or '{') { st.Push(g); g = next++; i++; continue; }
            if (c is ')' or ']' or '}') { g = st.Count > 0 ? st.Pop() : 0; i++; continue; }
            if (t.AsSpan(i).StartsWith(lc)) { int s = i + lc.Length; int e = t.IndexOf('\n', i); if (e < 0) e = t.Length; list.Add(new Token(TokenKind.Comment, t.AsMemory(s, e - s), line, s - ls + 1, g)); i = e; continue; }
            if (lc == "//" && t.AsSpan(i).StartsWith("/*")) { int e = t.IndexOf("*/", i + 2, StringComparison.Ordinal); if (e < 0) e = t.Length; int s = i + 2; for (int k = s; k <= e; k++) if (k == e || t[k] == '\n') { list.Add(new Token(TokenKind.Comment, t.AsMemory(s, k - s), line, 1, g)); s = k + 1; if (k < e) { line++; } } i = Math.Min(t.Length, e + 2); continue; }
            if (py && (t.AsSpan(i).StartsWith("\"\"\"") || t.AsSpan(i).StartsWith("'''"))) { var q = t.Substring(i, 3); int e = t.IndexOf(q, i + 3, StringComparison.Ordinal); if (e < 0) e = t.Length; int s = i + 3; for (int k = s; k <= e; k++) if (k == e || t[k] == '\n') { list.Add(new Token(TokenKind.Comment, t.AsMemory(s, k - s), line, 1, g)); s = k + 1; if (k < e) { line++; } } i = Math.Min(t.Length, e + 3); continue; }
            if (c is '"' or '\'' or '`') { int s = ++i; while (i < t.Length && t[i] != c && t[i] != '\n') { if (t[i] == '\\') i++; i++; } i = Math.Min(i, t.Length); list.Add(new Token(TokenKind.Literal, t.AsMemory(s, i - s), line, s - ls + 1, g)); if (i < t.Length && t[i] == c) i++; continue; }
            if (char.IsLetter(c) || c == '_') { int s = i; while (i < t.Length && (char.IsLetterOrDigit(t[i]) || t[i] == '_')) i++; list.Add(new Token(TokenKind.Identifier, t.AsMemory(s, i - s), line, s - ls + 1, g)); continue; }
            i++;
        }
        return list;
    }
}
