namespace Untag.Scan.Reading.Models.Hdf5;

/// <summary>What a message in the header of an object says.</summary>
internal enum Hdf5MessageKind
{
    Dataspace = 0x01,
    LinkIndex = 0x02,
    Type = 0x03,
    Link = 0x06,
    Attribute = 0x0C,
    Continuation = 0x10,
    SymbolTable = 0x11,
    AttributeIndex = 0x15,
}

/// <summary>A message in the header of an object.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Start">Where its content begins.</param>
/// <param name="Length">Bytes of its content.</param>
/// <param name="IsShared">True when its content stands elsewhere, for several objects.</param>
internal readonly record struct Hdf5Message(Hdf5MessageKind Kind, long Start, long Length, bool IsShared);

/// <summary>Reads the messages of an object, a group or a data set, wherever its header goes on.</summary>
internal static class Hdf5Object
{
    private const int MessagesMax = 100_000;
    private const int BlocksMax = 10_000;
    private const int ChecksumBytes = 4;

    /// <summary>The messages of the object whose header stands here.</summary>
    public static List<Hdf5Message> Messages(Hdf5File file, long at)
    {
        var messages = new List<Hdf5Message>();
        var source = file.Source;
        if (at < 0 || source.IsDamaged)
            return messages;
        var blocks = new Queue<(long Start, long End)>();
        var flags = -1;
        if (source.Has(at, "OHDR"u8))
        {
            flags = source.Byte(at + 5);
            var sizeAt = at + 6 + ((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0);
            var sizeBytes = 1 << (flags & 3);
            blocks.Enqueue((sizeAt + sizeBytes, sizeAt + sizeBytes + Math.Max(0, file.Number(sizeAt, sizeBytes))));
        }
        else if (source.Byte(at) == 1)
        {
            blocks.Enqueue((at + 16, at + 16 + source.UInt32(at + 8)));
        }
        else
        {
            source.Damage($"damaged at byte {at}: no header of an object stands there");
        }

        for (var count = 0; blocks.TryDequeue(out var block) && count < BlocksMax; count++)
            ReadBlock(file, block.Start, block.End, flags, messages, blocks);
        return messages;
    }

    private static void ReadBlock(
        Hdf5File file, long start, long end, int flags, List<Hdf5Message> messages, Queue<(long Start, long End)> blocks)
    {
        var source = file.Source;
        var isOld = flags < 0;
        var headBytes = isOld ? 8 : (flags & 4) != 0 ? 6 : 4;
        if (!source.Holds(start, end - start))
            return;
        for (var at = start; at <= end - headBytes && messages.Count < MessagesMax && !source.IsDamaged;)
        {
            var kind = isOld ? source.UInt16(at) : source.Byte(at);
            long length = source.UInt16(at + (isOld ? 2 : 1));
            var messageFlags = source.Byte(at + (isOld ? 4 : 3));
            at += headBytes;
            if (length > end - at)
            {
                source.Damage($"damaged at byte {at}: a message goes beyond its header");
                return;
            }

            var message = new Hdf5Message((Hdf5MessageKind)kind, at, length, (messageFlags & 2) != 0);
            if (message.Kind == Hdf5MessageKind.Continuation)
                AddBlock(file, at, isOld, blocks);
            else
                messages.Add(message);
            at += length;
        }
    }

    private static void AddBlock(Hdf5File file, long at, bool isOld, Queue<(long Start, long End)> blocks)
    {
        var start = file.Address(at);
        var length = file.Size(at + file.AddressBytes);
        if (start < 0 || !file.Source.Holds(start, length))
            return;
        blocks.Enqueue(isOld ? (start, start + length) : (start + 4, start + Math.Max(4, length - ChecksumBytes)));
    }
}
