using System.Buffers.Binary;

namespace Untag.Columnar.Arrow;

/// <summary>What a message is about, with the numbers of the format.</summary>
internal enum ArrowMessageKind
{
    None = 0,
    Schema = 1,
    Dictionary = 2,
    Rows = 3,
}

/// <summary>Walks over the messages of an Arrow file, a stream or a Feather file: the schema first, then dictionaries and rows.
/// </summary>
internal sealed class ArrowMessages
{
    /// <summary>A message without its body is no longer.</summary>
    public const int MessageBytesMax = 16 * 1024 * 1024;

    // The numbers of the fields of a message.
    private const int MessageKind = 1;
    private const int MessageHeader = 2;
    private const int MessageBody = 3;

    private readonly Stream stream;
    private readonly byte[] prefix = new byte[8];
    private byte[] bytes = [];
    private long next;

    private ArrowMessages(Stream stream, long start) => (this.stream, next) = (stream, start);

    /// <summary>Every message begins with it.</summary>
    public static ReadOnlySpan<byte> Continuation => [0xFF, 0xFF, 0xFF, 0xFF];

    /// <summary>What the present message is about.</summary>
    public ArrowMessageKind Kind => (ArrowMessageKind)FlatTable.RootOf(bytes).Byte(MessageKind);

    /// <summary>What it says.</summary>
    public FlatTable Header => FlatTable.RootOf(bytes).Table(MessageHeader);

    /// <summary>Where its body begins.</summary>
    public long BodyAt { get; private set; }

    /// <summary>Bytes of its body, which the file holds.</summary>
    public long BodyBytes { get; private set; }

    /// <summary>Finds out where the messages begin.</summary>
    /// <param name="stream">The file, which can seek.</param>
    /// <param name="problem">Why it cannot be read, or is cut: a sentence about the file; null when nothing is wrong.</param>
    /// <returns>Null when it cannot be read.</returns>
    public static ArrowMessages? Open(Stream stream, out string? problem)
    {
        Span<byte> start = stackalloc byte[8];
        stream.Position = 0;
        problem = "the Arrow file is cut off";
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
            return null;
        var isFile = start.StartsWith("ARROW1"u8);
        var isOld = start.StartsWith("FEA1"u8);
        if (isOld)
            problem = "a Feather file of version 1, which is not read: write it again as version 2";
        else if (!isFile || EndsAsFile(stream))
            problem = null;
        return isOld ? null : new ArrowMessages(stream, isFile ? start.Length : 0);
    }

    /// <summary>Goes to the next message.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InvalidDataException">It is damaged, or the file ends without its end.</exception>
    public bool Next()
    {
        stream.Position = next;
        if (stream.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false) < prefix.Length)
            throw new InvalidDataException("it ends without its end");
        if (!prefix.AsSpan(0, 4).SequenceEqual(Continuation))
            throw new InvalidDataException("a message is missing");
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix.AsSpan(4));
        if (length == 0)
            return false;
        if (length < 0 || length > Math.Min(MessageBytesMax, stream.Length - stream.Position))
            throw new InvalidDataException("a message is longer than the file");
        bytes = new byte[length];
        stream.ReadExactly(bytes);
        (BodyAt, BodyBytes) = (stream.Position, FlatTable.RootOf(bytes).Int64(MessageBody));
        if (BodyBytes < 0 || BodyBytes > stream.Length - BodyAt)
            throw new InvalidDataException("the rows are cut off");
        next = BodyAt + BodyBytes;
        return true;
    }

    private static bool EndsAsFile(Stream stream)
    {
        Span<byte> mark = stackalloc byte[6];
        stream.Position = stream.Length - mark.Length;
        stream.ReadExactly(mark);
        return mark.SequenceEqual("ARROW1"u8);
    }
}
