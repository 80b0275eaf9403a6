using CsCheck;
using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Tests.Architecture;

namespace Untag.Tests.Audit.Tables;

/// <summary>A table that is cut or damaged is refused in words, or it reads as a table: nothing else happens.</summary>
public sealed class DamagedTableTests
{
    private const int Inputs = 100;

    public static TheoryData<string> Written => [.. SameTableTests.Written.Where(row => Path.GetExtension(row.Data) != ".jsonl")];

    [Theory]
    [MemberData(nameof(Written))]
    public void A_file_that_is_cut_anywhere_is_refused(string name)
    {
        var bytes = Bytes(name);
        Gen.Int[0, bytes.Length - 1].Sample(
            length => Assert.NotNull(Problem(name, bytes[..length])), iter: Inputs);
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void Damage_is_borne(string name)
    {
        var bytes = Bytes(name);
        Gen.Select(Gen.Int[0, bytes.Length - 1], Gen.Byte, Gen.Int[1, 6]).Array[1, 4].Sample(
            damages =>
            {
                var damaged = bytes.ToArray();
                foreach (var (at, value, length) in damages)
                    damaged.AsSpan(at, Math.Min(length, damaged.Length - at)).Fill(value);
                Problem(name, damaged);
            },
            iter: Inputs);
    }

    [Fact]
    public void Places_in_a_dictionary_that_are_of_no_width_are_damage()
    {
        var damaged = Bytes("lz4.arrow");
        foreach (var (at, value, length) in new[] { (11338, (byte)244, 6), (767, (byte)237, 4), (16766, (byte)227, 5), (9428, (byte)138, 2) })
            damaged.AsSpan(at, length).Fill(value);
        Assert.NotNull(Problem("lz4.arrow", damaged));
    }

    // Null when it reads as a table.
    private static string? Problem(string name, byte[] bytes)
    {
        try
        {
            using var rows = TableFile.Rows(new MemoryStream(bytes), name);
            for (var column = 0; column < rows.Columns.Count; column++)
            {
                if (rows.Columns[column] != "faces")
                    rows.Ask(column);
            }

            // Damage may make a table of more rows than anybody has time for.
            for (var blocks = 0; blocks < 20 && rows.Read(); blocks++)
            {
            }

            return null;
        }
        catch (AuditInputException problem)
        {
            Assert.NotEmpty(problem.Hint);
            return problem.Message;
        }
    }

    private static byte[] Bytes(string name) => File.ReadAllBytes(Repository.File("tests", "fixtures", "audit", name));
}
