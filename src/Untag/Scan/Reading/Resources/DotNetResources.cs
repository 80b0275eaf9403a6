using System.Text;
using Untag.Scan.Reading.Binaries;

namespace Untag.Scan.Reading.Resources;

/// <summary>Reads the resources that .NET compiles from .resx files.</summary>
internal sealed class DotNetResources : IBinaryReader
{
    public string Name => ".NET .resources";

    public string Reads => "keys and texts, each with its key";

    public bool HidesText => true; // keys are in UTF-16

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        head.StartsWith((ReadOnlySpan<byte>)[0xCE, 0xCA, 0xEF, 0xBE]);

    public ReadResult Read(string path, Stream stream)
    {
        var list = new ResourceList(stream, isBigEndian: false);
        new Walk(list).Read();
        return list.Result("dotnet", PassageKind.Interface);
    }

    private sealed class Walk(ResourceList list)
    {
        private const int Alignment = 8;

        private readonly BinarySource source = list.Source;
        private long at;

        // After the header come types, hashes of the keys, where each key begins, and the keys with where each value begins.
        public void Read()
        {
            at = 12 + source.Number(8, 4);
            var version = Number();
            var count = Number();
            for (var types = Number(); types > 0 && at < source.Length; types--)
            {
                var length = Length();
                at += length;
            }

            at = (at + Alignment - 1) / Alignment * Alignment;
            var places = source.Read(at + (4 * count), 4 * count);
            at += 8 * count;
            var values = Number();
            var keys = at;
            for (var i = 0; i + 4 <= places.Length && !list.IsFull; i += 4)
                ReadResource(keys + source.NumberOf(places.AsSpan(i, 4)), values, version);
        }

        private void ReadResource(long place, long values, long version)
        {
            at = place;
            var length = Length();
            var key = Encoding.Unicode.GetString(source.Read(at, length));
            at += length;
            at = values + Number();
            var type = Length();
            list.Begin($"data {ResourceKeys.Shorten(key)}");
            list.Add(TokenKind.Key, key, group: 1);
            // Version 1 numbers the types of the file, of which the first is nearly always the string.
            if (type == (version > 1 ? 1 : 0))
            {
                length = Length();
                list.Add(TokenKind.Value, Encoding.UTF8.GetString(source.Read(at, length)), group: 1);
            }
        }

        private long Number()
        {
            var number = source.Number(at, 4);
            at += 4;
            return number;
        }

        // Seven bits a byte.
        private long Length()
        {
            var length = 0L;
            for (var shift = 0; shift < 35; shift += 7)
            {
                var part = source.Number(at++, 1);
                length |= (part & 0x7F) << shift;
                if (part < 0x80)
                    break;
            }

            return length;
        }
    }
}
