namespace Untag.Scan.Reading.Models.Hdf5;

/// <summary>Finds the objects of a fractal heap, in which HDF5 keeps the links or attributes of an object that has many:
/// a tree of version 2 names them, by their place in the heap.</summary>
internal static class Hdf5Heap
{
    private const int ObjectsMax = 1_000_000;

    // Types of the records in the tree: links by name and by order, attributes by name and by order.
    private const int LinksByName = 5, LinksByOrder = 6, AttributesByName = 8, AttributesByOrder = 9;

    /// <summary>Where the objects stand that a tree names.</summary>
    public static List<long> Objects(Hdf5File file, long heap, long tree)
    {
        var places = new List<long>();
        var source = file.Source;
        if (heap < 0 || tree < 0)
            return places;
        if (!source.Has(heap, "FRHP"u8) || !source.Has(tree, "BTHD"u8))
        {
            source.Damage($"damaged at byte {heap}: no index of links or attributes stands there");
            return places;
        }

        var blocks = Blocks.Read(file, heap);
        var idAt = source.Byte(tree + 5) switch
        {
            LinksByName => 4,
            LinksByOrder => 8,
            AttributesByName or AttributesByOrder => 0,
            _ => -1,
        };
        var root = file.Address(tree + 16);
        var depth = source.UInt16(tree + 12);
        var count = source.UInt16(tree + 16 + file.AddressBytes);
        if (idAt < 0 || depth > 1)
        {
            source.Damage("has an index of links or attributes so large that its names were not read");
            return places;
        }

        var records = new Records(source.UInt16(tree + 10), idAt, source.UInt32(tree + 6));
        ReadNode(file, root, count, depth, records, blocks, places);
        return places;
    }

    private readonly record struct Records(int Bytes, int IdAt, long NodeBytes);

    private static void ReadNode(
        Hdf5File file, long node, long count, int depth, Records records, Blocks blocks, List<long> places)
    {
        var source = file.Source;
        if (node < 0 || !source.Holds(node + 6, count * records.Bytes))
            return;
        for (var i = 0; i < count && places.Count < ObjectsMax && !source.IsDamaged; i++)
        {
            if (blocks.PlaceOf(source, node + 6 + ((long)i * records.Bytes) + records.IdAt) is var place and >= 0)
                places.Add(place);
        }

        if (depth == 0 || records.Bytes == 0)
            return;
        // A child is an address and the number of its records, as wide as the largest number needs.
        var most = (records.NodeBytes - 10) / records.Bytes;
        var numberBytes = most <= byte.MaxValue ? 1 : most <= ushort.MaxValue ? 2 : 3;
        var at = node + 6 + (count * records.Bytes);
        for (var i = 0; i <= count && !source.IsDamaged; i++, at += file.AddressBytes + numberBytes)
            ReadNode(file, file.Address(at), file.Number(at + file.AddressBytes, numberBytes), 0, records, blocks, places);
    }

    // The blocks of a heap double in size from row to row; a place is an offset in all of them together.
    private sealed class Blocks(long start, long size, int offsetBytes)
    {
        private readonly List<(long Offset, long Start, long Size)> known = [(0, start, size)];

        public static Blocks Read(Hdf5File file, long heap)
        {
            var source = file.Source;
            var tableAt = heap + 14 + (10 * file.SizeBytes) + (2 * file.AddressBytes);
            var width = source.UInt16(tableAt);
            var blockBytes = file.Size(tableAt + 2);
            var heapBits = source.UInt16(tableAt + 2 + (2 * file.SizeBytes));
            var root = file.Address(tableAt + 6 + (2 * file.SizeBytes));
            var rows = source.UInt16(tableAt + 6 + (2 * file.SizeBytes) + file.AddressBytes);
            var offsetBytes = (Math.Min((int)heapBits, 64) + 7) / 8;
            if (source.UInt16(heap + 7) != 0)
                source.Damage("has a packed index of links or attributes: its names were not read");
            if (rows == 0)
                return new Blocks(root, blockBytes, offsetBytes);
            var blocks = new Blocks(-1, 0, offsetBytes);
            blocks.AddRows(file, root, rows, width, blockBytes);
            return blocks;
        }

        /// <summary>The place of the object with this id; -1 when it is not in a block that is known.</summary>
        public long PlaceOf(ByteSource source, long id)
        {
            long offset = 0;
            for (var i = Math.Min(offsetBytes, 7) - 1; i >= 0; i--)
                offset = (offset << 8) | source.Byte(id + 1 + i);
            foreach (var block in known)
            {
                if (block.Start >= 0 && offset >= block.Offset && offset - block.Offset < block.Size)
                    return block.Start + (offset - block.Offset);
            }

            source.Damage("has an index of links or attributes so large that not all of its names were read");
            return -1;
        }

        private void AddRows(Hdf5File file, long root, int rows, int width, long blockBytes)
        {
            const int RowsMax = 16;
            const int WidthMax = 32; // HDF5 itself makes heaps 4 blocks wide
            var source = file.Source;
            if (root < 0 || width > WidthMax || blockBytes <= 0 || blockBytes > source.Length
                || !source.Has(root, "FHIB"u8))
            {
                source.Damage("has a damaged index of links or attributes: its names were not read");
                return;
            }

            var at = root + 5 + file.AddressBytes + offsetBytes;
            long offset = 0;
            for (var row = 0; row < Math.Min(rows, RowsMax) && !source.IsDamaged; row++)
            {
                var size = blockBytes << Math.Max(0, row - 1);
                for (var column = 0; column < width && !source.IsDamaged; column++)
                {
                    known.Add((offset, file.Address(at), size));
                    at += file.AddressBytes;
                    offset += size;
                }
            }
        }
    }
}
