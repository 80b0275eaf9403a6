using CsCheck;
using Untag.Audit;
using Untag.Audit.Tables;
using Untag.Erase;

namespace Untag.Tests.Erase;

/// <summary>Sums of parts of the people, and the map that is fitted on them.</summary>
public sealed class MergerTests : IDisposable
{
    private static readonly int[] Parts = [0, 1, 2, 3];

    private readonly EmbeddingFiles files = new EmbeddingFiles().With(
        1_200, 5, (random, group, i) => 3 + random.NextNormal() + (i == 1 ? 2.0 * group : 0), groups: 3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => files.Dispose();

    [Fact]
    public void Parts_in_any_order_are_the_same_map_to_the_last_byte()
    {
        Divide(4);
        var first = Merged(Parts);
        Gen.Shuffle(Parts).Sample(order => Merged(order).SequenceEqual(first), iter: 24, threads: 1);
    }

    [Fact]
    public void The_map_of_parts_is_that_of_all_people_together()
    {
        Divide(3);
        var merged = Merger.Merge(new MergeRequest([Part(0), Part(1), Part(2)], Shrinks: false, Centres: false));
        var together = Eraser.Fit(files.Request, Cancellation);
        Assert.Equal(together.Note.Groups.Select(group => group.Group), merged.Note.Groups.Select(group => group.Group));
        Assert.All(together.Note.Groups.Zip(merged.Note.Groups), pair => Assert.Equal(pair.First.People, pair.Second.People));
        double[] row = [1, -2, 3, 4, -5];
        Assert.All(
            DrawnPeople.Erased(together.Eraser, row).Zip(DrawnPeople.Erased(merged.Eraser, row)), pair => Assert.Equal(pair.First, pair.Second, 5));
    }

    // A mean of few is nearly the embedding of a person, and products of fewer people than coordinates tell in which plane they lie.
    [Theory]
    [InlineData(50, "a group has fewer than 10 people to fit on: its mean would be nearly the embedding of a person")]
    [InlineData(0, null)]
    public void Sums_of_few_people_are_not_written(int left, string? message)
    {
        Divide(1, left);
        if (message is null)
            Assert.NotNull(Eraser.Moments(Request(0), Cancellation));
        else
            Assert.Equal(message, Assert.Throws<AuditInputException>(() => Eraser.Moments(Request(0), Cancellation)).Message);
    }

    [Fact]
    public void Sums_of_fewer_people_than_coordinates_are_not_written()
    {
        files.With(400, 300, (random, group, _) => random.NextNormal() + group);
        Assert.EndsWith(
            "people are too few for sums of 300 coordinates that leave where they are",
            Assert.Throws<AuditInputException>(() => Eraser.Moments(files.Request, Cancellation)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_task_cannot_be_kept_from_sums_of_groups() =>
        Assert.Throws<AuditInputException>(() => Eraser.Moments(files.Request with { Keep = "task" }, Cancellation));

    [Fact]
    public void Parts_of_another_question_are_not_added_up()
    {
        Divide(2);
        Write(1, Request(1) with { FittedOn = FittedPeople.Everybody });
        Assert.Equal(
            "`1.moments` was made with another `everybody` than `0.moments`",
            Assert.Throws<AuditInputException>(() => Merged(0, 1)).Message);
    }

    [Fact]
    public void Sums_that_were_cut_or_altered_are_refused_and_never_a_crash()
    {
        Divide(1);
        var whole = File.ReadAllBytes(files["0.moments"]);
        for (var length = 0; length < whole.Length; length += 11)
        {
            File.WriteAllBytes(files["0.moments"], whole[..length]);
            Assert.Equal(
                "`0.moments` holds no moments of untag, or was cut",
                Assert.Throws<AuditInputException>(() => Merged(0)).Message);
        }

        // Numbers that no part has: what is added up is too large, or no map comes of it.
        File.WriteAllBytes(files["0.moments"], [.. whole[..^16], .. Enumerable.Repeat((byte)0x7F, 16)]);
        Assert.Throws<AuditInputException>(() => Merger.Merge(new MergeRequest([Part(0), Part(0), Part(0)], false, false)));
    }

    private void Divide(int parts, int left = 0)
    {
        var table = File.ReadAllLines(files["t.csv"]);
        var rows = left > 0 ? left : table.Length - 1;
        var numbers = files.Read("e.npy", "<f4");
        for (var part = 0; part < parts; part++)
        {
            var own = Enumerable.Range(0, rows).Where(i => i * parts / rows == part).ToList();
            File.WriteAllLines(files[$"{part}.csv"], [table[0], .. own.Select(i => table[i + 1])]);
            files.Write($"{part}.npy", own.Count, 5, own.SelectMany(i => numbers.Skip(i * 5).Take(5)));
            if (left == 0)
                Write(part, Request(part));
        }
    }

    private EraseRequest Request(int part) => files.Request with { Embedding = files.Source($"{part}.npy"), Labels = [files.Source($"{part}.csv")] };

    private void Write(int part, EraseRequest request)
    {
        using var output = File.Create(files[$"{part}.moments"]);
        MomentsFile.Write(Eraser.Moments(request, Cancellation), output);
    }

    private TableSource Part(int part) => files.Source($"{part}.moments");

    private byte[] Merged(params int[] parts)
    {
        using var output = new MemoryStream();
        MapFile.Writer("map.npz")(Merger.Merge(new MergeRequest([.. parts.Select(Part)], Shrinks: false, Centres: false)), output);
        return output.ToArray();
    }
}
