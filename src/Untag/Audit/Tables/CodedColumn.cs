namespace Untag.Audit.Tables;

/// <summary>The cells of a column in the present block, as numbers of words: what a word means is found out once, and not in
/// each row (<see cref="PerWord{T}"/>).</summary>
internal sealed class CodedColumn
{
    // A column of scores has a new word in almost every row.
    private const int WordsMax = 1 << 15;

    /// <summary>The number of the word of each row.</summary>
    public int[] Codes { get; } = new int[TableRows.RowsMax];

    /// <summary>The words, as text in UTF-8; that of a cell without a value is empty. There can be words that no row has.</summary>
    public WordCodes Words { get; } = new();

    /// <summary>Changes when the words begin anew, and what was found out of their numbers holds no longer.</summary>
    public int Epoch { get; private set; }

    /// <summary>The text of a row.</summary>
    public ReadOnlySpan<byte> this[int row] => Words[Codes[row]];

    /// <summary>Begins a block.</summary>
    public void Renew()
    {
        if (Words.Count <= WordsMax)
            return;
        Words.Clear();
        Epoch++;
    }
}
