namespace Untag.Scan.Reading.Models.Hdf5;

/// <summary>Reads which objects a group holds, by name, in each of the three ways in which HDF5 keeps them.</summary>
internal sealed class Hdf5Links(Hdf5File file)
{
    private const int DepthMax = 32;

    /// <summary>A member of a group: its name, and where its header stands; -1 when it only points elsewhere.</summary>
    public readonly record struct Link(string Name, long Target);

    /// <summary>The members of the group with these messages.</summary>
    public List<Link> Of(IReadOnlyList<Hdf5Message> messages)
    {
        var links = new List<Link>();
        foreach (var message in messages)
        {
            if (message.Kind == Hdf5MessageKind.SymbolTable)
                ReadTree(file.Address(message.Start), file.Address(message.Start + file.AddressBytes), links, DepthMax);
            else if (message.Kind == Hdf5MessageKind.Link)
                links.Add(ReadLink(message.Start));
            else if (message.Kind == Hdf5MessageKind.LinkIndex)
                ReadIndex(message, links);
        }

        return links;
    }

    // The old way: a tree of tables of names, which stand in a heap of the group.
    private void ReadTree(long node, long heap, List<Link> links, int depth)
    {
        var source = file.Source;
        if (node < 0 || heap < 0 || source.IsDamaged)
            return;
        if (source.Has(node, "SNOD"u8))
        {
            ReadTable(node, NamesOf(heap), links);
            return;
        }

        if (!source.Has(node, "TREE"u8) || depth == 0)
        {
            source.Damage($"damaged at byte {node}: no index of a group stands there");
            return;
        }

        var count = source.UInt16(node + 6);
        var at = node + 8 + (2 * file.AddressBytes);
        for (var i = 0; i < count && !source.IsDamaged; i++)
        {
            at += file.SizeBytes; // the key: the first name below
            ReadTree(file.Address(at), heap, links, depth - 1);
            at += file.AddressBytes;
        }
    }

    private long NamesOf(long heap)
    {
        if (file.Source.Has(heap, "HEAP"u8))
            return file.Address(heap + 8 + (2 * file.SizeBytes));
        file.Source.Damage($"damaged at byte {heap}: no names of a group stand there");
        return -1;
    }

    private void ReadTable(long table, long heap, List<Link> links)
    {
        var source = file.Source;
        var count = source.UInt16(table + 6);
        var entryBytes = (2 * file.AddressBytes) + 24;
        for (var i = 0; i < count && heap >= 0 && !source.IsDamaged; i++)
        {
            var entry = table + 8 + ((long)i * entryBytes);
            var name = file.Number(entry, file.AddressBytes);
            var target = file.Address(entry + file.AddressBytes);
            if (name >= 0 && source.Holds(heap, name))
                links.Add(new Link(Hdf5Texts.UpToNul(source, heap + name), target));
        }
    }

    private void ReadIndex(Hdf5Message message, List<Link> links)
    {
        var at = message.Start + 2 + ((file.Source.Byte(message.Start + 1) & 1) != 0 ? 8 : 0);
        var heap = file.Address(at);
        var tree = file.Address(at + file.AddressBytes);
        foreach (var place in Hdf5Heap.Objects(file, heap, tree))
            links.Add(ReadLink(place));
    }

    private Link ReadLink(long at)
    {
        var source = file.Source;
        var flags = source.Byte(at + 1);
        at += 2;
        var kind = (flags & 8) != 0 ? source.Byte(at++) : (byte)0;
        at += ((flags & 4) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0);
        var lengthBytes = 1 << (flags & 3);
        var length = file.Number(at, lengthBytes);
        var name = source.Text(at + lengthBytes, length);
        return new Link(name, kind == 0 && !source.IsDamaged ? file.Address(at + lengthBytes + length) : -1);
    }
}
