namespace Untag.Scan.Reading.Models;

/// <summary>Says what a file is that is called a model and is none.</summary>
internal static class NotTheModel
{
    /// <summary>The sentence for the report.</summary>
    /// <param name="source">The file.</param>
    /// <param name="what">What its name promises, with its article.</param>
    public static string Sentence(ByteSource source, string what)
    {
        if (source.Length == 0)
            return $"called {what}, but it is empty";
        return LfsPointer.Problem(source.Bytes(0, Math.Min(source.Length, Readers.HeadBytes)))
            ?? $"called {what}, but its bytes are not one: it is cut off, packed or something else";
    }
}
