using System.Buffers.Binary;

namespace Untag.Audit.Embeddings;

/// <summary>Moments about 0 as whole numbers, in units of 2⁻⁶⁰: those of several parts add up to the same bits in any order.</summary>
/// <remarks>A sum of float64 hangs on its order; one of whole numbers does not. What is rounded is rounded once, when a part is closed.</remarks>
internal sealed class ExactSums
{
    /// <summary>More coordinates than this are no embedding.</summary>
    public const int SizeMax = 16_384;

    private const int FractionBits = 60;
    private const int NumberBytes = 16;
    private const double Largest = 1L << 62; // of a part: a thousand of them stay below 2¹²⁷ units

    private ExactSums(int size, int groups)
    {
        Size = size;
        Rows = new long[groups];
        Sums = [.. Enumerable.Range(0, groups).Select(_ => new Int128[size])];
        Products = new Int128[size * (size + 1) / 2];
    }

    /// <summary>Coordinates.</summary>
    public int Size { get; }

    /// <summary>Rows by group.</summary>
    public long[] Rows { get; }

    /// <summary>Sums by group.</summary>
    public Int128[][] Sums { get; }

    /// <summary>Sums of squares and products, the lower half row by row.</summary>
    public Int128[] Products { get; }

    /// <summary>Sums of nothing.</summary>
    public static ExactSums Empty(int size, int groups) => new(size, groups);

    /// <summary>The sums of moments about 0.</summary>
    /// <exception cref="AuditInputException">A sum is too large.</exception>
    public static ExactSums Of(ClassMoments moments)
    {
        var exact = new ExactSums(moments.Size, moments.Rows.Length);
        moments.Rows.CopyTo(exact.Rows, 0);
        for (var group = 0; group < exact.Rows.Length; group++)
        {
            for (var i = 0; i < exact.Size; i++)
                exact.Sums[group][i] = Whole(moments.Sum(group, i));
        }

        for (var (a, at) = (0, 0); a < exact.Size; a++)
        {
            for (var b = 0; b <= a; b++, at++)
                exact.Products[at] = Whole(moments.ProductSum(a, b));
        }

        return exact;
    }

    /// <summary>Adds sums of other people.</summary>
    /// <param name="other">The sums.</param>
    /// <param name="groups">Which group of this each group of the other is.</param>
    /// <exception cref="OverflowException">They are larger than any part's.</exception>
    public void Add(ExactSums other, IReadOnlyList<int> groups)
    {
        for (var group = 0; group < other.Rows.Length; group++)
        {
            var to = groups[group];
            Rows[to] = checked(Rows[to] + other.Rows[group]);
            for (var i = 0; i < Size; i++)
                Sums[to][i] = checked(Sums[to][i] + other.Sums[group][i]);
        }

        for (var i = 0; i < Products.Length; i++)
            Products[i] = checked(Products[i] + other.Products[i]);
    }

    /// <summary>How many bytes sums take.</summary>
    public static long BytesOf(int size, int groups) => (((long)size * groups) + ((long)size * (size + 1) / 2)) * NumberBytes;

    /// <summary>Writes the sums by group, then those of products: each number 16 bytes, little endian.</summary>
    public void Write(Stream output)
    {
        var bytes = new byte[NumberBytes];
        foreach (var numbers in Sums.Append(Products))
        {
            foreach (var number in numbers)
            {
                BinaryPrimitives.WriteInt128LittleEndian(bytes, number);
                output.Write(bytes);
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="EndOfStreamException">There is less.</exception>
    public void Read(Stream input)
    {
        var bytes = new byte[NumberBytes];
        foreach (var numbers in Sums.Append(Products))
        {
            for (var i = 0; i < numbers.Length; i++)
            {
                input.ReadExactly(bytes);
                numbers[i] = BinaryPrimitives.ReadInt128LittleEndian(bytes);
            }
        }
    }

    /// <summary>A number of these as float64.</summary>
    public static double Real(Int128 whole) => Math.ScaleB((double)whole, -FractionBits);

    private static Int128 Whole(double sum) => Math.Abs(sum) < Largest ? (Int128)Math.Round(Math.ScaleB(sum, FractionBits)) : throw new AuditInputException(
        "the numbers of the array are too large for sums of parts", "divide them by a number, in the model and in the array");
}
