using Untag.Audit.Embeddings;

namespace Untag.Erase;

/// <summary>A matrix of few columns, each as long as an embedding has coordinates.</summary>
internal sealed class Columns
{
    private readonly double[][] columns;

    /// <summary>Columns of zeros.</summary>
    public Columns(int length, int count)
    {
        Length = length;
        columns = [.. Enumerable.Range(0, count).Select(_ => new double[length])];
    }

    /// <summary>Numbers in a column.</summary>
    public int Length { get; }

    /// <summary>How many columns there are.</summary>
    public int Count => columns.Length;

    /// <summary>A number.</summary>
    public ref double this[int row, int column] => ref columns[column][row];

    /// <summary>A column.</summary>
    public Span<double> this[int column] => columns[column];

    /// <summary>The first columns.</summary>
    public Columns First(int count)
    {
        var first = new Columns(Length, count);
        for (var j = 0; j < count; j++)
            columns[j].CopyTo(first.columns[j], 0);
        return first;
    }

    /// <summary>Multiplies a column.</summary>
    public void Scale(int column, double by)
    {
        for (var i = 0; i < Length; i++)
            columns[column][i] *= by;
    }

    /// <summary>Adds a multiple of a column of another matrix to a column.</summary>
    public void AddScaled(int column, Columns other, int from, double by)
    {
        for (var i = 0; i < Length; i++)
            columns[column][i] += by * other.columns[from][i];
    }

    /// <summary>Exchanges two columns.</summary>
    public void Exchange(int a, int b) => (columns[a], columns[b]) = (columns[b], columns[a]);

    /// <summary>Turns two columns about each other: a becomes c a − s b, b becomes s a + c b.</summary>
    public void Turn(int a, int b, double cosine, double sine)
    {
        for (var i = 0; i < Length; i++)
        {
            var (x, y) = (columns[a][i], columns[b][i]);
            columns[a][i] = (cosine * x) - (sine * y);
            columns[b][i] = (sine * x) + (cosine * y);
        }
    }

    /// <summary>The inner product of a column of this and one of another.</summary>
    public double Dot(int column, Columns other, int of) => SymmetricMatrix.Dot(columns[column], other.columns[of]);
}
