using System.IO.Compression;

namespace Untag.Scan.Reading.Models.Pickle;

/// <summary>Reads pickles, and what is built on them: joblib, and the weights and models of PyTorch. Only the opcodes
/// are read; nothing is imported, called or built.</summary>
internal sealed class PickleReader : IBinaryReader
{
    private const int ProtocolMax = 5;
    private const int ExpandedBytesMax = 256 * 1024 * 1024;

    // In a file that PyTorch wrote before 2020 the storages follow the fifth pickle, which only numbers them.
    private const int TorchPickles = 5;

    // The first pickle of such a file is this number.
    private static ReadOnlySpan<byte> TorchMagic =>
        [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];

    public string Name => "pickle, joblib, PyTorch";

    public string Reads =>
        "opcodes only, protocols 0 to 5, nothing is executed: keys, lists of labels, classes, and weights by name with "
        + "their shapes; compressed joblib too";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        PickleShape.IsPickle(head) || (IsCalledPickle(path) && (IsZlib(head) || PickleShape.MayBePickle(head)));

    public ReadResult Read(string path, Stream stream)
    {
        if (stream.Length >= 2)
        {
            Span<byte> head = stackalloc byte[2];
            stream.Position = 0;
            stream.ReadExactly(head);
            if (IsZlib(head) && !PickleShape.IsPickle(head))
                return ReadPacked(stream);
        }

        return ReadAll(new ByteSource(stream));
    }

    private static bool IsCalledPickle(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".pkl" or ".pickle" or ".joblib" or ".jbl" or ".sav" or ".z";

    private static bool IsZlib(ReadOnlySpan<byte> head) =>
        head.Length >= 2 && (head[0] & 0x0F) == 8 && head[0] >> 4 <= 7 && ((head[0] << 8) | head[1]) % 31 == 0;

    private static ReadResult ReadPacked(Stream stream)
    {
        using var expanded = new MemoryStream();
        var problem = Expand(stream, expanded);
        var read = ReadAll(new ByteSource(expanded));
        return read with { Problem = problem ?? read.Problem };
    }

    private static string? Expand(Stream stream, MemoryStream expanded)
    {
        stream.Position = 0;
        var buffer = new byte[64 * 1024];
        try
        {
            using var content = new ZLibStream(stream, CompressionMode.Decompress, leaveOpen: true);
            while (content.Read(buffer) is var count and > 0)
            {
                if (expanded.Length + count > ExpandedBytesMax)
                    return $"expands to more than {ExpandedBytesMax / 1048576} MiB: the rest was not read";
                expanded.Write(buffer, 0, count);
            }

            return null;
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException)
        {
            return $"its compressed content is damaged: {problem.Message.TrimEnd('.')}";
        }
    }

    private static ReadResult ReadAll(ByteSource source)
    {
        var tape = new PickleTape(source);
        var names = new ModelNames("pickle");
        var content = new PickleNames(tape, names);
        var pickles = source.Has(0, TorchMagic) ? TorchPickles : int.MaxValue;
        for (var count = 0; !tape.IsAtEnd && !source.IsDamaged && count < pickles; count++)
        {
            if (count > 0 && !IsNextPickle(tape))
            {
                source.Damage($"has {source.Length - tape.At} bytes behind its last pickle, which were not read");
                break;
            }

            var machine = new PickleMachine(tape);
            var value = machine.Run();
            if (count < TorchPickles - 1 || pickles != TorchPickles)
                Add(value, machine, content);
        }

        if (source.Length == 0)
            source.Damage("holds nothing: it is cut off");
        WeightHeads.Add(content.Weights, names);
        return names.ToResult(source.Problem);
    }

    private static void Add(PickleValue? value, PickleMachine machine, PickleNames content)
    {
        if (value is not null)
            content.Add(value);
        foreach (var left in machine.Left)
            content.Add(left);
    }

    private static bool IsNextPickle(PickleTape tape) =>
        tape.Source.Length - tape.At >= 2 && tape.Source.Byte(tape.At) == 0x80
        && tape.Source.Byte(tape.At + 1) <= ProtocolMax;
}
