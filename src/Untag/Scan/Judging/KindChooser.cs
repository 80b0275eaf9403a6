using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>Decides what a place does with the trait, from the kind of writing and from the words on its line.</summary>
internal static class KindChooser
{
    private static readonly string[] ShownWords =
        ["puttext", "println", "print", "printf", "console", "settext", "innerhtml", "label", "tooltip", "title",
         "textcontent", "textview", "display", "render", "nslog", "logger"];

    private static readonly string[] TableWords =
        ["df", "columns", "column", "csv", "dataframe", "dataset", "datasets", "groupby", "loc", "iloc", "pandas"];

    public static FindingKind OfName(PassageTerms terms, MetTerm met, string path)
    {
        if (OfPassage(terms, met.Token, path) is { } kind)
            return kind;
        var row = met.Row;
        if (met.Token.Kind == TokenKind.Literal && terms.InToken("face-attribute", met).Count >= 2)
            return FindingKind.ApiRequest;
        var words = LineWords(terms, met.Token.Line);
        if (met.Token.Kind == TokenKind.Literal && terms.Near("request", row - 1, row).Count > 0)
            return FindingKind.ApiRequest;
        if (words.Overlaps(TableWords) && met.Token.Kind == TokenKind.Literal)
            return FindingKind.Dataset;
        if (terms.Near("training", row - 1, row + 1).Count > 0)
            return FindingKind.Training;
        if (words.Overlaps(ShownWords))
            return FindingKind.Ui;
        return terms.Near("inference", row, row, met).Count > 0 ? FindingKind.ModelOutput : FindingKind.ApiResponse;
    }

    public static FindingKind OfSet(PassageTerms terms, MetTerm first, string path) =>
        OfPassage(terms, first.Token, path) is { } kind and not (FindingKind.Config or FindingKind.ModelOutput) ? kind : FindingKind.LabelMap;

    private static FindingKind? OfPassage(PassageTerms terms, Token token, string path) => terms.Passage.Kind switch
    {
        PassageKind.Prose => FindingKind.Docs,
        PassageKind.Table => FindingKind.Dataset,
        PassageKind.Binary => FindingKind.Binary,
        PassageKind.Model => FindingKind.ModelOutput,
        PassageKind.Sql => FindingKind.DbSchema,
        PassageKind.Interface => FindingKind.Ui,
        PassageKind.Structure => OfSection(terms.Passage.SectionOf(token)) ?? OfStructure(token, path),
        PassageKind.Code => OfSection(terms.Passage.SectionOf(token)),
        _ => null,
    };

    private static FindingKind? OfSection(Section? section) => section?.Role switch
    {
        SectionRole.Request => FindingKind.ApiRequest,
        SectionRole.Response => FindingKind.ApiResponse,
        SectionRole.Setting => FindingKind.Config,
        SectionRole.Stored => FindingKind.DbSchema,
        _ => null,
    };

    private static FindingKind OfStructure(Token token, string path)
    {
        if (token.Kind == TokenKind.Column)
            return FindingKind.Dataset;
        if (path.Contains("openapi", StringComparison.OrdinalIgnoreCase)
            || path.Contains("swagger", StringComparison.OrdinalIgnoreCase)
            || path.Contains("schema", StringComparison.OrdinalIgnoreCase))
            return FindingKind.ApiResponse;
        return FindingKind.Config;
    }

    private static HashSet<string> LineWords(PassageTerms terms, int line)
    {
        var words = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var token in LineOf(terms, line))
        {
            if (token.Kind == TokenKind.Identifier)
                words.Add(token.Text.ToString());
        }

        return words;
    }

    /// <summary>The tokens of a line.</summary>
    public static IEnumerable<Token> LineOf(PassageTerms terms, int line)
    {
        var tokens = terms.Passage.Tokens;
        var low = 0;
        var high = tokens.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tokens[middle].Line < line)
                low = middle + 1;
            else
                high = middle;
        }

        for (; low < tokens.Count && tokens[low].Line == line; low++)
            yield return tokens[low];
    }
}
