namespace Untag.Audit.Tables.Typed;

/// <summary>Takes the values of a column, and tells a number by which it knows each.</summary>
internal abstract class ValueSink
{
    /// <summary>Changes when the numbers hold no longer.</summary>
    public int Epoch { get; protected set; }

    /// <summary>The number of a value of at most eight bytes.</summary>
    /// <param name="raw">Its bits: see <see cref="ValueText.Write"/>.</param>
    public abstract int Of(long raw);

    /// <summary>The number of a value of any length; the most significant byte of a decimal stands first.</summary>
    /// <exception cref="InvalidDataException">It is no such value.</exception>
    public abstract int Of(ReadOnlySpan<byte> value);
}
