namespace Untag.Scan.Reading;

/// <summary>What the lexer must know of a programming language.</summary>
internal sealed record Language
{
    /// <summary>Name shown in reports and in the table of formats.</summary>
    public required string Name { get; init; }

    /// <summary>Endings of file names, without the dot, and whole names of files.</summary>
    public required string[] Files { get; init; }

    /// <summary>What opens a comment that ends with the line.</summary>
    public string[] LineComments { get; init; } = [];

    /// <summary>What opens and closes a comment of any length.</summary>
    public (string Open, string Close)[] BlockComments { get; init; } = [];

    /// <summary>Quotes of strings that end with the line at the latest.</summary>
    public string Quotes { get; init; } = "\"'";

    /// <summary>What opens and closes strings of any length, longest first.</summary>
    public (string Open, string Close)[] LongStrings { get; init; } = [];

    /// <summary>True when a backslash in such a string escapes, even its close.</summary>
    public bool EscapesInLongStrings { get; init; }

    /// <summary>True when a comment inside a comment has to be closed first.</summary>
    public bool NestsComments { get; init; }

    /// <summary>Characters besides letters, digits and the underscore that identifiers hold.</summary>
    public string IdentifierExtras { get; init; } = "";

    /// <summary>True when a quote inside a string is escaped by doubling it, not by a backslash.</summary>
    public bool DoublesQuotes { get; init; }

    /// <summary>True when a line that ends in a colon opens a block that its indentation closes.</summary>
    public bool IndentsBlocks { get; init; }

    /// <summary>What kind of writing it is.</summary>
    public PassageKind Kind { get; init; } = PassageKind.Code;
}

/// <summary>The programming languages that are read, each a line or two. To add one, add it here.</summary>
internal static class Languages
{
    private static readonly (string, string)[] CComments = [("/*", "*/")];
    private static readonly (string, string)[] TripleQuotes = [("\"\"\"", "\"\"\""), ("'''", "'''")];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Language> All { get; } =
    [
        C("c", ["c", "h", "cc", "cpp", "cxx", "hpp", "hh", "hxx", "ino", "cu", "cuh"]) with { LongStrings = [("R\"(", ")\"")] },
        C("objective-c", ["m", "mm"]),
        C("csharp", ["cs", "csx"]) with { LongStrings = [("\"\"\"", "\"\"\""), ("@\"", "\"")] },
        C("java", ["java", "groovy", "gradle"]) with { LongStrings = [("\"\"\"", "\"\"\"")], EscapesInLongStrings = true },
        C("kotlin", ["kt", "kts", "scala", "sc"]) with { LongStrings = [("\"\"\"", "\"\"\"")], NestsComments = true },
        C("swift", ["swift"]) with { LongStrings = [("\"\"\"", "\"\"\"")], Quotes = "\"", EscapesInLongStrings = true, NestsComments = true },
        C("go", ["go"]) with { LongStrings = [("`", "`")] },
        C("rust", ["rs"]) with { LongStrings = [("r#\"", "\"#")], Quotes = "\"", NestsComments = true },
        C("dart", ["dart"]) with { LongStrings = TripleQuotes, EscapesInLongStrings = true, NestsComments = true },
        C("javascript", ["js", "mjs", "cjs", "jsx", "ts", "tsx", "mts", "cts", "gs", "vue", "svelte"]) with { LongStrings = [("`", "`")], IdentifierExtras = "$", EscapesInLongStrings = true },
        C("php", ["php", "phtml"]) with { LineComments = ["//", "#"], IdentifierExtras = "$" },
        C("protobuf", ["proto", "thrift", "fbs", "avdl", "idl"]),
        C("prisma", ["prisma"]),
        C("shader", ["glsl", "hlsl", "metal", "cl"]),
        Hash("python", ["py", "pyw", "pyi", "pyx", "bzl", "SConstruct"]) with { LongStrings = TripleQuotes, IndentsBlocks = true, EscapesInLongStrings = true },
        Hash("ruby", ["rb", "rake", "gemspec", "Gemfile", "Rakefile", "Podfile"]) with { BlockComments = [("=begin", "=end")], IdentifierExtras = "@?" },
        Hash("r", ["r", "rmd"]) with { IdentifierExtras = "." },
        Hash("julia", ["jl"]) with { BlockComments = [("#=", "=#")], LongStrings = [("\"\"\"", "\"\"\"")], EscapesInLongStrings = true, NestsComments = true },
        Hash("perl", ["pl", "pm"]) with { IdentifierExtras = "$@%" },
        Hash("shell", ["sh", "bash", "zsh", "ksh", "fish", "Dockerfile", "Makefile", "mk", "cmake", "CMakeLists.txt", "envrc"]) with { IdentifierExtras = "-" },
        Hash("powershell", ["ps1", "psm1", "psd1"]) with { BlockComments = [("<#", "#>")], IdentifierExtras = "$" },
        Hash("elixir", ["ex", "exs"]) with { LongStrings = [("\"\"\"", "\"\"\"")], EscapesInLongStrings = true },
        Hash("graphql", ["graphql", "gql"]) with { LongStrings = [("\"\"\"", "\"\"\"")], EscapesInLongStrings = true },
        Hash("terraform", ["tf", "hcl"]) with { LineComments = ["#", "//"], BlockComments = CComments },
        new() { Name = "matlab", Files = ["matlab"], LineComments = ["%"] },
        new() { Name = "lua", Files = ["lua"], LineComments = ["--"], BlockComments = [("--[[", "]]")], LongStrings = [("[[", "]]")] },
        new() { Name = "haskell", Files = ["hs", "elm", "purs"], LineComments = ["--"], BlockComments = [("{-", "-}")], Quotes = "\"", NestsComments = true },
        new() { Name = "sql", Files = ["sql", "ddl", "psql", "pgsql", "mysql"], LineComments = ["--", "#"], BlockComments = CComments, Quotes = "'\"`", DoublesQuotes = true, Kind = PassageKind.Sql },
        new() { Name = "lisp", Files = ["lisp", "el", "clj", "cljs", "scm", "rkt"], LineComments = [";"], Quotes = "\"", IdentifierExtras = "-*?!:" },
        new() { Name = "fortran", Files = ["f90", "f95", "f03"], LineComments = ["!"] },
        new() { Name = "stata", Files = ["do", "ado"], LineComments = ["//"], BlockComments = CComments, Quotes = "\"" },
        new() { Name = "batch", Files = ["bat", "cmd"], LineComments = ["REM ", "rem ", "::"] },
    ];

    private static readonly Dictionary<string, Language> ByFile = All
        .SelectMany(language => language.Files.Select(file => (file, language)))
        .ToDictionary(pair => pair.file, pair => pair.language, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, Language> ByName =
        All.ToDictionary(language => language.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The language of a file by its name, or by the program that its first line names; null when neither says.</summary>
    public static Language? Of(string path, ReadOnlySpan<char> text)
    {
        var name = System.IO.Path.GetFileName(path);
        if (ByFile.TryGetValue(name, out var language)
            || ByFile.TryGetValue(System.IO.Path.GetExtension(name).TrimStart('.'), out language))
            return language;
        return name.StartsWith("Dockerfile", StringComparison.Ordinal) ? ByName["shell"] : OfFirstLine(text);
    }

    /// <summary>True when the name is that of a source file.</summary>
    public static bool IsSource(string path) =>
        ByFile.ContainsKey(System.IO.Path.GetExtension(path).TrimStart('.')) || ByFile.ContainsKey(System.IO.Path.GetFileName(path));

    /// <summary>The language that people call by this name, such as the tag of a fenced block; null when unknown.</summary>
    public static Language? Named(string name) =>
        ByName.TryGetValue(name, out var language) || ByFile.TryGetValue(name, out language) ? language : null;

    private static Language? OfFirstLine(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith("#!"))
            return null;
        var end = text.IndexOf('\n');
        var line = end < 0 ? text : text[..end];
        foreach (var (program, language) in new[] { ("python", "python"), ("node", "javascript"), ("ruby", "ruby"), ("perl", "perl"), ("php", "php"), ("Rscript", "r"), ("sh", "shell") })
        {
            if (line.Contains(program, StringComparison.Ordinal))
                return ByName[language];
        }

        return null;
    }

    private static Language C(string name, string[] files) =>
        new() { Name = name, Files = files, LineComments = ["//"], BlockComments = CComments };

    private static Language Hash(string name, string[] files) => new() { Name = name, Files = files, LineComments = ["#"] };
}
