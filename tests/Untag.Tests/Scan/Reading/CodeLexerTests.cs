using CsCheck;
using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class CodeLexerTests
{
    public static TheoryData<string> LanguageNames => [.. Languages.All.Select(language => language.Name)];

    [Theory]
    [InlineData("a.c", "int a; // race", "race")]
    [InlineData("a.py", "a = 1 # race", "race")]
    [InlineData("a.php", "<?php # race", "race")]
    [InlineData("a.sql", "select 1 -- race", "race")]
    [InlineData("a.lua", "x = 1 -- race", "race")]
    [InlineData("a.hs", "x = 1 -- race", "race")]
    [InlineData("a.el", "(a) ; race", "race")]
    [InlineData("a.f90", "x = 1 ! race", "race")]
    [InlineData("a.matlab", "x = 1 % race", "race")]
    [InlineData("a.bat", "REM race", "race")]
    [InlineData("a.c", "/* race */ int a;", "race ")]
    [InlineData("a.rb", "=begin\nrace\n=end", "race")]
    [InlineData("a.jl", "#= race =# x", "race ")]
    [InlineData("a.lua", "--[[ race ]] x", "race ")]
    [InlineData("a.hs", "{- race -} x", "race ")]
    [InlineData("a.ps1", "<# race #> $x", "race ")]
    [InlineData("a.tf", "/* race */", "race ")]
    public void A_comment_of_each_family_is_a_comment_without_its_marks(string path, string text, string comment) =>
        Assert.Equal([comment], Read.Texts(path, text, TokenKind.Comment));

    [Theory]
    [InlineData("a.c", "/* race", "race")]
    [InlineData("a.hs", "{- race", "race")]
    [InlineData("a.rs", "/* a /* race */", "a /* race */")]
    public void A_comment_that_is_not_closed_ends_with_the_file(string path, string text, string comment) =>
        Assert.Equal([comment], Read.Texts(path, text, TokenKind.Comment));

    [Theory]
    [InlineData("a.rs")]
    [InlineData("a.kt")]
    [InlineData("a.swift")]
    public void A_comment_inside_a_comment_is_closed_first_where_the_language_nests_them(string path)
    {
        const string Text = "/* a /* b */ race */ int x;";
        Assert.Equal(["a /* b */ race "], Read.Texts(path, Text, TokenKind.Comment));
        Assert.Equal(["int", "x"], Read.Texts(path, Text, TokenKind.Identifier));
    }

    [Fact]
    public void A_comment_ends_at_its_first_close_where_the_language_does_not_nest_them() =>
        Assert.Equal(["race"], Read.Texts("a.c", "/* a /* b */ race", TokenKind.Identifier));

    [Theory]
    [InlineData("a.c", "x = \"race\";")]
    [InlineData("a.py", "x = 'race'")]
    [InlineData("a.py", "x = '''race'''")]
    [InlineData("a.py", "x = f\"race\"")]
    [InlineData("a.java", "x = \"\"\"race\"\"\";")]
    [InlineData("a.go", "x := `race`")]
    [InlineData("a.js", "x = `race`")]
    [InlineData("a.rs", "x = r#\"race\"#;")]
    [InlineData("a.cpp", "x = R\"(race)\";")]
    [InlineData("a.cs", "x = @\"race\";")]
    [InlineData("a.lua", "x = [[race]]")]
    [InlineData("a.sql", "x = 'race'")]
    [InlineData("a.py", "x = '\\u0072ace'")]
    [InlineData("a.js", "x = '\\x72ace'")]
    [InlineData("a.js", "x = `\\u{72}ace`")]
    [InlineData("a.py", "x = 'race")]
    [InlineData("a.py", "x = '''race")]
    public void A_string_of_each_family_is_a_literal_without_quotes_and_escapes(string path, string text)
    {
        Assert.Equal(["race"], Read.Texts(path, text, TokenKind.Literal));
        Assert.Contains("x", Read.Texts(path, text, TokenKind.Identifier));
    }

    [Theory]
    [InlineData("a.py", "x = 'a\\'b'; race", "a'b")]
    [InlineData("a.sql", "select 'a''b', race", "a''b")]
    [InlineData("a.js", "x = `a\\`b`; race", "a`b")]
    [InlineData("a.py", "x = '''a\\'''b'''; race", "a'''b")]
    [InlineData("a.go", "x := `a\\`; race", "a\\")]
    [InlineData("a.c", "x = \"\\\\\"; race", "\\")]
    public void An_escaped_quote_does_not_end_a_string(string path, string text, string literal)
    {
        Assert.Equal([literal], Read.Texts(path, text, TokenKind.Literal));
        Assert.Contains("race", Read.Texts(path, text, TokenKind.Identifier));
    }

    [Fact]
    public void A_string_that_is_not_closed_ends_with_the_line() =>
        Assert.Equal(["y"], Read.Texts("a.c", "\"abc\ny", TokenKind.Identifier));

    [Fact]
    public void A_string_that_stands_alone_in_Python_is_a_comment() =>
        Assert.Equal(["Tells the race."], Read.Texts("a.py", "def f():\n    '''Tells the race.'''", TokenKind.Comment));

    [Theory]
    [InlineData("a.js", "$emRace_2", "$emRace_2")]
    [InlineData("a.r", "face.race", "face.race")]
    [InlineData("a.rb", "@race?", "@race?")]
    [InlineData("a.el", "face-race", "face-race")]
    [InlineData("a.py", "этническая_группа", "этническая_группа")]
    [InlineData("a.py", "民族2", "民族2")]
    public void An_identifier_is_one_token(string path, string text, string identifier) =>
        Assert.Equal([identifier], Read.Texts(path, text, TokenKind.Identifier));

    [Theory]
    [InlineData("0x1F")]
    [InlineData("1_000")]
    [InlineData("3.14f")]
    public void A_number_is_one_token(string number) =>
        Assert.Equal([number], Read.Texts("a.c", number + ";", TokenKind.Number));

    [Theory]
    [InlineData("f(a, b) c")]
    [InlineData("f[a, b] c")]
    [InlineData("f{a, b} c")]
    public void What_stands_in_the_same_brackets_has_the_same_group(string text)
    {
        var group = Read.Tokens("a.c", text).ToDictionary(token => token.Text.ToString(), token => token.Group);
        Assert.Equal(group["a"], group["b"]);
        Assert.NotEqual(0, group["a"]);
        Assert.Equal((0, 0), (group["f"], group["c"]));
    }

    [Fact]
    public void Two_pairs_of_brackets_are_two_groups() =>
        Assert.Equal([1, 2], Read.Tokens("a.c", "(a) (b)").Select(token => token.Group));

    [Fact]
    public void A_block_of_Python_is_a_group()
    {
        var group = Read.Tokens("a.py", "class f:\n    a = 1\n\n    # note\n    b = 2\nc = 3")
            .Where(token => token.Kind == TokenKind.Identifier)
            .ToDictionary(token => token.Text.ToString(), token => token.Group);
        Assert.Equal(group["a"], group["b"]);
        Assert.NotEqual(group["f"], group["a"]);
        Assert.Equal(group["f"], group["c"]);
    }

    [Fact]
    public void An_entry_of_a_dictionary_that_is_split_over_lines_stays_among_the_others()
    {
        var tokens = Read.Tokens("a.py", "x = {\n  'age':\n    'a',\n  'race':\n    'b'}\ny = 1");
        Assert.Equal([0, 1, 1, 1, 1, 0, 0], tokens.Select(token => token.Group));
    }

    [Theory]
    [InlineData("))) a ((( b")]
    [InlineData("(a] b")]
    [InlineData("if x:\n  ) a")]
    public void Brackets_that_do_not_match_cost_no_token(string text) =>
        Assert.Contains("a", Read.Texts("a.py", text, TokenKind.Identifier));

    [Fact]
    public void A_close_without_an_open_leaves_the_group_of_the_file() =>
        Assert.Equal(0, Read.Single("a.c", ")]} a", "a").Group);

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_way_to_end_a_line_is_counted(string end)
    {
        var text = string.Join(end, "/* one", "   two */", "'''", "three", "'''", "  x = 'y'");
        Assert.Equal((2, 4), Read.PlaceOf("a.dart", text, "two"));
        Assert.Equal((4, 1), Read.PlaceOf("a.dart", text, "three"));
        Assert.Equal((6, 8), Read.PlaceOf("a.dart", text, "y"));
    }

    [Theory]
    [MemberData(nameof(LanguageNames))]
    public void In_any_text_tokens_stand_in_order_at_their_line_and_column(string name)
    {
        var language = Languages.Named(name)!;
        var marks = language.LineComments.Concat(language.BlockComments.SelectMany(pair => new[] { pair.Open, pair.Close }))
            .Concat(language.LongStrings.SelectMany(pair => new[] { pair.Open, pair.Close }));
        var piece = Gen.OneOf([.. marks, "\"", "'", "(", ")", "[", "}", "race", "é族", "1.5", ":", " ", "\t", "\n", "\r\n", "\r"]);
        piece.Array[0, 40].Select(string.Concat).Sample(
            text =>
            {
                var tokens = CodeLexer.Read(language, text);
                Assert.Null(Read.Misplaced(text, tokens));
                Assert.True(Read.IsInReadingOrder(new Passage(language.Kind, name, tokens)));
            },
            seed: "0000Kx9Qw2a1", iter: 500);
    }
}
