using System.Text;
using Untag.Scan.Allowances;
using Untag.Scan.Judging;

namespace Untag.Scan.Caching;

/// <summary>Results of files as bytes, for the cache. The judgement is not part of it: that needs the whole product.</summary>
internal static class ResultCodec
{
    /// <summary>The bytes of a result, with everything inside it.</summary>
    public static byte[] Write(FileResult result)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
            Write(writer, result);
        return bytes.ToArray();
    }

    /// <summary>The result that <see cref="Write(FileResult)"/> wrote.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="markCount">Number of marks of the policy.</param>
    public static FileResult Read(ArraySegment<byte> bytes, int markCount)
    {
        using var reader = new BinaryReader(new MemoryStream(bytes.Array!, bytes.Offset, bytes.Count, writable: false), Encoding.UTF8);
        return ReadResult(reader, markCount);
    }

    private static void Write(BinaryWriter writer, FileResult result)
    {
        writer.Write(result.Path);
        writer.Write7BitEncodedInt64(result.Bytes);
        WriteText(writer, result.Problem);
        WriteAll(writer, result.Marks, static (to, mark) => to.Write7BitEncodedInt(mark));
        WriteAll(writer, result.Labels, static (to, label) => to.Write(label));
        writer.Write(result.MeasuresFairness);
        WriteAll(writer, result.Candidates, WriteCandidate);
        WriteAll(writer, result.Allowances, WriteAllowance);
        WriteAll(writer, result.Inner, Write);
    }

    private static FileResult ReadResult(BinaryReader reader, int markCount)
    {
        var path = reader.ReadString();
        var bytes = reader.Read7BitEncodedInt64();
        var problem = ReadText(reader);
        var marks = ReadAll(reader, from => ReadMark(from, markCount));
        var labels = ReadAll(reader, static from => from.ReadString());
        var measuresFairness = reader.ReadBoolean();
        var candidates = ReadAll(reader, ReadCandidate);
        var allowances = ReadAll(reader, ReadAllowance);
        return new FileResult(path, bytes, marks, candidates, problem)
        {
            Labels = labels,
            MeasuresFairness = measuresFairness,
            Allowances = allowances,
            Inner = ReadAll(reader, inner => ReadResult(inner, markCount)),
        };
    }

    private static int ReadMark(BinaryReader reader, int markCount) =>
        reader.Read7BitEncodedInt() is var mark && mark >= 0 && mark < markCount
            ? mark
            : throw new InvalidDataException("a mark that the policy does not have");

    private static void WriteCandidate(BinaryWriter writer, Candidate candidate)
    {
        writer.Write((byte)candidate.Shape);
        writer.Write(candidate.Trait);
        writer.Write((byte)candidate.Kind);
        writer.Write((byte)candidate.Class);
        writer.Write(candidate.Path);
        writer.Write7BitEncodedInt(candidate.Line);
        writer.Write7BitEncodedInt(candidate.Column);
        WriteText(writer, candidate.Inner);
        WriteText(writer, candidate.Part?.Name);
        WriteText(writer, candidate.Part?.Kind);
        writer.Write(candidate.Match);
        writer.Write(candidate.Surroundings);
        writer.Write(candidate.IsRemark);
        writer.Write(candidate.IsNearNames);
        writer.Write(candidate.TellsOfProduct);
        writer.Write(candidate.TellsOfInference);
        WriteAll(writer, candidate.Seen, static (to, seen) =>
        {
            to.Write(seen.Evidence);
            to.Write(seen.What);
        });
    }

    private static Candidate ReadCandidate(BinaryReader reader)
    {
        var candidate = new Candidate
        {
            Shape = (Shape)reader.ReadByte(),
            Trait = reader.ReadString(),
            Kind = (FindingKind)reader.ReadByte(),
            Class = (FindingClass)reader.ReadByte(),
            Path = reader.ReadString(),
            Line = reader.Read7BitEncodedInt(),
            Column = reader.Read7BitEncodedInt(),
            Inner = ReadText(reader),
            Part = (ReadText(reader), ReadText(reader)) is (string name, var kind) ? new ModelPart(name, kind) : null,
            Match = reader.ReadString(),
            Surroundings = reader.ReadString(),
            IsRemark = reader.ReadBoolean(),
            IsNearNames = reader.ReadBoolean(),
            TellsOfProduct = reader.ReadBoolean(),
            TellsOfInference = reader.ReadBoolean(),
        };
        candidate.Seen.AddRange(ReadAll(reader, static from => new Seen(from.ReadString(), from.ReadString())));
        return candidate;
    }

    private static void WriteAllowance(BinaryWriter writer, InlineAllowance allowance)
    {
        var comment = allowance.Comment;
        WriteAll(writer, comment.Rules, static (to, rule) => to.Write(rule));
        writer.Write(comment.Until?.DayNumber ?? -1);
        WriteText(writer, comment.Reason);
        WriteText(writer, comment.Approver);
        WriteAll(writer, comment.Problems, static (to, problem) => to.Write(problem));
        writer.Write(allowance.Text);
        writer.Write7BitEncodedInt(allowance.Line);
        writer.Write7BitEncodedInt(allowance.Column);
        WriteText(writer, allowance.Inner);
        writer.Write7BitEncodedInt(allowance.Target);
    }

    private static InlineAllowance ReadAllowance(BinaryReader reader) => new()
    {
        Comment = new AllowComment(
            ReadAll(reader, static from => from.ReadString()),
            reader.ReadInt32() is var day and >= 0 ? DateOnly.FromDayNumber(day) : null,
            ReadText(reader),
            ReadText(reader),
            ReadAll(reader, static from => from.ReadString())),
        Text = reader.ReadString(),
        Line = reader.Read7BitEncodedInt(),
        Column = reader.Read7BitEncodedInt(),
        Inner = ReadText(reader),
        Target = reader.Read7BitEncodedInt(),
    };

    private static void WriteText(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
            writer.Write(text);
    }

    private static string? ReadText(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    private static void WriteAll<T>(BinaryWriter writer, IReadOnlyList<T> all, Action<BinaryWriter, T> write)
    {
        writer.Write7BitEncodedInt(all.Count);
        foreach (var one in all)
            write(writer, one);
    }

    private static T[] ReadAll<T>(BinaryReader reader, Func<BinaryReader, T> read)
    {
        var count = reader.Read7BitEncodedInt();
        if (count == 0)
            return [];
        var all = new T[count];
        for (var i = 0; i < count; i++)
            all[i] = read(reader);
        return all;
    }
}
