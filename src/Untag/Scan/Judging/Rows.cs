using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>Looks up terms by row in a list that is in the order of the passage.</summary>
internal static class Rows
{
    /// <summary>Index of the first term on or after a row.</summary>
    public static int FirstAtOrAfter(IReadOnlyList<MetTerm> terms, int row) => FirstAtOrAfter(terms, row, int.MinValue);

    /// <summary>Index of the first term on a row from a column on, or on a later row; of terms whose tokens are in the
    /// order of their columns.</summary>
    public static int FirstAtOrAfter(IReadOnlyList<MetTerm> terms, int row, int column)
    {
        var low = 0;
        var high = terms.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (terms[middle].Row < row || (terms[middle].Row == row && terms[middle].Token.Column < column))
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>True when the tokens of each row are in the order of their columns.</summary>
    public static bool AreInOrderOfColumns(List<MetTerm> terms)
    {
        for (var i = 1; i < terms.Count; i++)
        {
            if (terms[i].Row == terms[i - 1].Row && terms[i].Token.Column < terms[i - 1].Token.Column)
                return false;
        }

        return true;
    }

    /// <summary>Index of the token that follows a token of the passage.</summary>
    public static int IndexAfter(IReadOnlyList<Token> tokens, Token token)
    {
        var low = 0;
        var high = tokens.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tokens[middle].Line < token.Line)
                low = middle + 1;
            else
                high = middle;
        }

        while (low < tokens.Count && tokens[low] != token)
            low++;
        return low + 1;
    }

    /// <summary>The first term on rows from <paramref name="first"/> to <paramref name="last"/>; null when there is none.</summary>
    public static MetTerm? FirstBetween(IReadOnlyList<MetTerm> terms, int first, int last)
    {
        var i = FirstAtOrAfter(terms, first);
        return i < terms.Count && terms[i].Row <= last ? terms[i] : null;
    }
}
