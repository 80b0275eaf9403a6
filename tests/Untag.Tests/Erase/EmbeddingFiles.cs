using System.Globalization;
using System.Text;
using Untag.Audit.Statistics;
using Untag.Audit.Tables;
using Untag.Erase;

namespace Untag.Tests.Erase;

/// <summary>An array and its labels in a folder of their own. Nobody is behind the numbers.</summary>
internal sealed class EmbeddingFiles : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("untag-erase-");

    public string this[string name] => Path.Join(folder.FullName, name);

    public EraseRequest Request => new()
    {
        Embedding = Source("e.npy"),
        Labels = [Source("t.csv")],
        Group = "group",
        Person = "person",
    };

    public void Dispose() => folder.Delete(recursive: true);

    public TableSource Source(string name) => new(this[name], name);

    /// <summary>Writes people drawn by lot, one row each. A coordinate is made of random numbers, the group and its own number.</summary>
    public EmbeddingFiles With(int people, int dimensions, Func<SeededRandom, int, int, double> coordinate, int groups = 2, int seed = 6)
    {
        var random = new SeededRandom((ulong)seed);
        var table = new StringBuilder("person,group,task\n");
        var numbers = new List<double>(people * dimensions);
        for (var i = 0; i < people; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"p{i},g{i % groups},t{i / groups % 2}\n");
            for (var at = 0; at < dimensions; at++)
                numbers.Add(coordinate(random, i % groups, at));
        }

        File.WriteAllText(this["t.csv"], table.ToString());
        Write("e.npy", people, dimensions, numbers);
        return this;
    }

    /// <summary>Writes an array as numpy.save does, version 1.</summary>
    public void Write(string name, int rows, int dimensions, IEnumerable<double> numbers, string type = "<f4", bool isFortran = false)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': {(isFortran ? "True" : "False")}, 'shape': ({rows}, {dimensions}), }}".PadRight(117) + "\n";
        using var writer = new BinaryWriter(File.Create(this[name]));
        writer.Write([0x93, .. "NUMPY"u8, 1, 0]);
        writer.Write((ushort)header.Length);
        writer.Write(Encoding.ASCII.GetBytes(header));
        foreach (var number in numbers)
        {
            byte[] bytes = type[1..] switch
            {
                "f2" => BitConverter.GetBytes((Half)number),
                "f4" => BitConverter.GetBytes((float)number),
                _ => BitConverter.GetBytes(number),
            };
            writer.Write(type[0] == '>' ? [.. bytes.Reverse()] : bytes);
        }
    }

    /// <summary>The numbers of an array of the type that is named.</summary>
    public double[] Read(string name, string type)
    {
        var bytes = File.ReadAllBytes(this[name]);
        var start = 10 + BitConverter.ToUInt16(bytes, 8);
        Assert.Contains($"'{type}'", Encoding.ASCII.GetString(bytes, 10, start - 10), StringComparison.Ordinal);
        var width = type[^1] - '0';
        return [.. Enumerable.Range(0, (bytes.Length - start) / width).Select(i => type switch
        {
            "|i1" => unchecked((sbyte)bytes[start + i]),
            "<f2" => (double)BitConverter.ToHalf(bytes, start + (2 * i)),
            "<f4" => BitConverter.ToSingle(bytes, start + (4 * i)),
            _ => BitConverter.ToDouble(bytes, start + (8 * i)),
        })];
    }
}
