using ZstdSharp;

namespace Untag.Scan.Containers;

/// <summary>Runs decoders on bytes that nobody vouches for. On damage those of other hands throw whatever the damage leads
/// to, an index out of its range as well as a sentence: all of it comes out as a <see cref="DamageException"/> in words
/// for a reader of the report.</summary>
internal static class Decoding
{
    /// <summary>Reads unpacked bytes.</summary>
    public static int Read(Stream decoder, Span<byte> buffer)
    {
        try
        {
            return decoder.Read(buffer);
        }
        catch (Exception problem) when (problem is not DamageException)
        {
            throw new DamageException(InWords(problem));
        }
    }

    /// <summary>Lets go of a decoder. What it still finds wrong is not new: its bytes were read before.</summary>
    public static void Close(IDisposable decoder)
    {
        try
        {
            decoder.Dispose();
        }
        catch (Exception problem) when (problem is SystemException or ZstdException)
        {
            // Nothing is left to be done with it.
        }
    }

    // The sentences of a library are for its callers, and those of the framework are left out of the native program.
    private static string InWords(Exception problem) => problem switch
    {
        EndOfStreamException => DamageException.Cut,
        NotSupportedException or NotImplementedException => DamageException.NotRead,
        OutOfMemoryException => "it asks for more memory than there is",
        IOException => FileProblem.InWords(problem),
        _ => "it is damaged or cut",
    };
}
