using Untag.Audit.Aggregates;

namespace Untag.Audit.Tables;

/// <summary>The cells of a column in the present block, as numbers of words: what a word means is found out once, and not in
/// each row (<see cref="PerWord{T}"/>). A column of scores has a new word in almost every row: once nobody needs its words, its cells are
/// places of numbers, and none is written as text or looked up.</summary>
/// <param name="canBeNumbers">True when whoever fills it looks whether there are <see cref="Numbers"/>.</param>
internal sealed class CodedColumn(bool canBeNumbers = false)
{
    private const int WordsMax = 1 << 15;

    private int readers;
    private int content; // readers who need no words

    /// <summary>The number of the word of each row.</summary>
    public int[] Codes { get; } = new int[TableRows.RowsMax];

    /// <summary>The words, as text in UTF-8; that of a cell without a value is empty. There can be words that no row has.</summary>
    public WordCodes Words { get; } = new();

    /// <summary>The numbers, by the codes of rows, in the stead of words; null while there are words.</summary>
    public NumberCells? Numbers { get; private set; }

    /// <summary>Changes when the words begin anew, and what was found out of their numbers holds no longer.</summary>
    public int Epoch { get; private set; }

    /// <summary>The text of a row.</summary>
    public ReadOnlySpan<byte> this[int row] => Words[Codes[row]];

    /// <summary>Counts somebody who reads the words.</summary>
    public void AddReader() => readers++;

    /// <summary>One of the readers needs no words from the next block on, but numbers.</summary>
    public void LeaveWords() => Interlocked.Increment(ref content);

    /// <summary>Begins a block.</summary>
    public void Renew()
    {
        if (canBeNumbers && content >= readers && readers > 0)
        {
            Numbers ??= new NumberCells();
            Numbers.Clear();
        }
        else if (Words.Count <= WordsMax)
        {
            return;
        }

        Words.Clear();
        Epoch++;
    }

    /// <summary>The code of a cell that is text.</summary>
    public int CodeOf(ReadOnlySpan<byte> cell)
    {
        if (Numbers is null)
            return Words.CodeOf(cell);
        return Cells.Number(cell) is { } number ? Numbers.Add(number, DigitCounts.DigitsOf(cell)) : Numbers.Add(double.NaN, 0);
    }
}
