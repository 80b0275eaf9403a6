using System.Text;

namespace Untag.Scan.Reading.Resources;

/// <summary>Reads Apple's property lists in their binary form, in which apps carry their texts.</summary>
internal sealed class BinaryPropertyList : IBinaryReader
{
    public string Name => "Apple binary property lists (.strings, .plist, .nib)";

    public string Reads => "keys and texts, each with the path of its keys";

    public bool HidesText => true; // what is not ASCII is in UTF-16

    public bool Recognises(string path, ReadOnlySpan<byte> head) => head.StartsWith("bplist0"u8);

    public ReadResult Read(string path, Stream stream)
    {
        var list = new ResourceList(stream, isBigEndian: true);
        new Walk(list).Read();
        return list.Result("property-list", PropertyLists.KindOf(path));
    }

    private sealed class Walk(ResourceList list)
    {
        private const int DepthMax = 256;
        private const int TrailerBytes = 32;

        private readonly HashSet<int> containers = [];
        private byte[] offsets = [];
        private int offsetSize = 1;
        private int referenceSize = 1;

        public void Read()
        {
            var source = list.Source;
            var trailer = source.Length - TrailerBytes;
            offsetSize = (int)source.Number(trailer + 6, 1);
            referenceSize = (int)source.Number(trailer + 7, 1);
            if (trailer < 8 || !IsSize(offsetSize) || !IsSize(referenceSize))
            {
                list.AddProblem("ends without the table of its objects: it was not read");
                return;
            }

            var count = source.Number(trailer + 8, 8);
            var table = source.Number(trailer + 24, 8);
            if (count > (trailer - table) / offsetSize)
                list.AddProblem("its table of objects is damaged: read as far as it is whole");
            offsets = source.Read(table, Math.Min(count, source.Length) * offsetSize);
            ReadObject(source.Number(trailer + 16, 8), name: null, group: 0, depth: 0);
        }

        private static bool IsSize(int size) => size is 1 or 2 or 4 or 8;

        private void ReadObject(long number, string? name, int group, int depth)
        {
            var (kind, at, count) = Object(number);
            if (list.IsFull)
                return;
            switch (kind)
            {
                case 0x4:
                    foreach (var run in BinaryRuns.Read(list.Source.Read(at, count)).Tokens)
                        list.Add(TokenKind.Value, run.Text.ToString(), group);
                    break;
                case 0x5 or 0x6:
                    list.Add(TokenKind.Value, Text(kind, at, count), group);
                    break;
                case 0xA or 0xC when Opens(number, depth):
                    ReadMembers(References(at, count), name, containers.Count, depth + 1);
                    break;
                case 0xD when Opens(number, depth):
                    ReadDictionary(at, count, name, containers.Count, depth + 1);
                    break;
            }
        }

        private void ReadMembers(byte[] members, string? name, int group, int depth)
        {
            for (var i = 0; i < members.Length && !list.IsFull; i += referenceSize)
            {
                list.Begin(name);
                ReadObject(Reference(members, i), name, group, depth);
            }
        }

        // All keys come first, then all values.
        private void ReadDictionary(long at, long count, string? name, int group, int depth)
        {
            var keys = References(at, count);
            var values = References(at + (count * referenceSize), count);
            for (var i = 0; i < Math.Min(keys.Length, values.Length) && !list.IsFull; i += referenceSize)
            {
                var (kind, place, length) = Object(Reference(keys, i));
                var key = kind is 0x5 or 0x6 ? Text(kind, place, length) : "";
                var path = ResourceKeys.Join(name, key);
                list.Begin(path);
                list.Add(TokenKind.Key, key, group);
                ReadObject(Reference(values, i), path, group, depth);
            }
        }

        // One that lies in itself is read once.
        private bool Opens(long number, int depth)
        {
            if (depth < DepthMax)
                return containers.Add((int)number);
            list.AddProblem($"nested more than {DepthMax} times: what lies deeper was not read");
            return false;
        }

        private string Text(int kind, long at, long count) => kind == 0x5
            ? Encoding.Latin1.GetString(list.Source.Read(at, count))
            : Encoding.BigEndianUnicode.GetString(list.Source.Read(at, 2 * count));

        private byte[] References(long at, long count)
        {
            var bytes = list.Source.Read(at, count * referenceSize);
            list.Spend(bytes.Length);
            return bytes[..(bytes.Length - (bytes.Length % referenceSize))];
        }

        private long Reference(byte[] references, int at) =>
            list.Source.NumberOf(references.AsSpan(at, referenceSize));

        // Kind of an object, where its content begins, and how much there is of it.
        private (int Kind, long At, long Count) Object(long number)
        {
            if (number >= offsets.Length / offsetSize)
            {
                list.AddProblem("its objects lead to nothing: read as far as they are whole");
                return default;
            }

            var source = list.Source;
            var at = source.NumberOf(offsets.AsSpan((int)number * offsetSize, offsetSize));
            var marker = source.Number(at, 1);
            var count = marker & 0xF;
            at++;
            if (count == 0xF && marker >> 4 >= 4)
            {
                // A number object follows: two to the power of its low digit bytes.
                var size = 1 << (int)(source.Number(at, 1) & 3);
                count = source.Number(at + 1, size);
                at += 1 + size;
            }

            return ((int)marker >> 4, at, count);
        }
    }
}
