using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>A term met in a token of a passage.</summary>
/// <param name="Hit">The term, and where in the token.</param>
/// <param name="Token">The token.</param>
internal readonly record struct MetTerm(TermHit Hit, Token Token)
{
    private const int SentenceWords = 7;
    private const int SentenceCharactersMax = 2000; // enough to tell: a text can be a whole index
    private const int ShownCharactersMax = 80;

    public Term Term => Hit.Term;

    /// <summary>What nearness is measured in: the line, or in a binary a stretch of 64 bytes.</summary>
    public int Row => Token.Line > 0 ? Token.Line : Token.Column / 64;

    /// <summary>The text as it stands in the file.</summary>
    public string Spelling => Token.Text.Slice(Hit.Start, Hit.Length).ToString();

    /// <summary>The text folded: two spellings of one word count once.</summary>
    public string Word => string.Create(Hit.Length, this, static (folded, met) =>
        Folding.Fold(met.Token.Text.Span.Slice(met.Hit.Start, met.Hit.Length), folded));

    /// <summary>The whole token, cut to what a report shows.</summary>
    public string Whole => Shorten(Token.Text[..Math.Min(Token.Text.Length, ShownCharactersMax + 1)].ToString());

    /// <summary>True when the token says nothing else.</summary>
    public bool IsAlone => Token.Text.Span.Trim().Length == Hit.Length;

    /// <summary>True in a message to people: a label or a key has a few words, a message has more.</summary>
    public bool IsInSentence
    {
        get
        {
            if (Token.Kind is not (TokenKind.Literal or TokenKind.Value))
                return false;
            var text = Token.Text.Span[..Math.Min(Token.Text.Length, SentenceCharactersMax)];
            return text.Count(' ') - text.Count(',') >= SentenceWords;
        }
    }

    /// <summary>True for what speaks to people rather than to a machine.</summary>
    public bool IsRemark => Token.Kind is TokenKind.Prose or TokenKind.Comment || IsInSentence;

    /// <summary>Cuts a text to what a report shows.</summary>
    public static string Shorten(string text) => text.Length <= ShownCharactersMax ? text : text[..(ShownCharactersMax - 1)] + "…";
}
