using System.Globalization;
using System.Text;
using Untag.Tests.Check;
using Untag.TransparencyLog;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Tests.TransparencyLog.Storage;

/// <summary>What the end of a journal may look like after a loss of power, and what it may not.</summary>
public sealed class JournalTests : IDisposable
{
    private const int HeadLength = 24;
    private const int StartLength = 16;

    private static readonly SigningKey Key = SigningKey.New("example.com/log", NoteAlgorithm.Ed25519);

    private readonly ProductFolder folder = new();

    [Fact]
    public void A_torn_end_is_cut_at_any_byte_and_nothing_before_it_is_lost()
    {
        var whole = Write(3);
        var last = whole.Length - HeadLength - LengthOf(2); // where the last entry starts; the mark of the end comes behind it
        for (var length = last; length <= whole.Length; length++)
        {
            File.WriteAllBytes(Segment, whole[..length]);
            Assert.Equal(length < last + LengthOf(2) ? 2UL : 3UL, SizeAfterOpening());
        }
    }

    [Fact]
    public void Zeros_or_anything_else_that_the_disk_left_at_the_end_are_cut_off()
    {
        var whole = Write(3);
        var last = whole.Length - HeadLength - LengthOf(2);
        var torn = whole[last..^(HeadLength + 1)];
        var lost = (byte[])torn.Clone();
        lost.AsSpan(0, HeadLength).Clear(); // the page with the head never came to the disk, and the one behind it did
        foreach (var end in new byte[][] { new byte[100], torn, lost, [.. torn, .. new byte[50]], Encoding.ASCII.GetBytes(new string('x', 5000)) })
        {
            File.WriteAllBytes(Segment, [.. whole[..last], .. end]);
            Assert.Equal(2UL, SizeAfterOpening());
            using var log = LogStore.Open(folder.Root, Key);
            Assert.Equal(2UL, log.Append(Entry(7)));
        }
    }

    [Fact]
    public void No_changed_byte_of_a_log_that_was_closed_loses_an_entry_in_silence()
    {
        var whole = Write(4);
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var flip in new byte[] { 1, 0xff })
            {
                var changed = (byte[])whole.Clone();
                changed[at] ^= flip;
                File.WriteAllBytes(Segment, changed);
                if (at >= whole.Length - HeadLength) // the mark: with it nothing is lost
                    Assert.Equal(4UL, SizeAfterOpening());
                else
                    Assert.Throws<LogDamageException>(() => SizeAfterOpening());
                Assert.Equal(at >= whole.Length - HeadLength ? StartOf(whole) : StartOf(changed), StartOf(File.ReadAllBytes(Segment)));
            }
        }

        byte[] StartOf(byte[] bytes) => bytes[..(whole.Length - HeadLength)];
    }

    [Fact]
    public void Damage_in_the_middle_is_told_from_a_torn_end_though_the_program_was_killed()
    {
        var closed = Write(4);
        var killed = closed[..^HeadLength];
        var lastEntry = killed.Length - LengthOf(3);
        for (var at = StartLength; at < killed.Length; at++)
        {
            var changed = (byte[])killed.Clone();
            changed[at] ^= 4;
            File.WriteAllBytes(Segment, changed);
            if (at < lastEntry)
            {
                var damage = Assert.Throws<LogDamageException>(() => SizeAfterOpening());
                Assert.Contains("was durable and cannot be read any more", damage.Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(3UL, SizeAfterOpening());
            }
        }
    }

    [Fact]
    public void An_entry_that_was_taken_out_doubled_or_swapped_is_noticed()
    {
        var whole = Write(4);
        var (first, second, rest) = (StartLength, StartLength + LengthOf(0), StartLength + LengthOf(0) + LengthOf(1));
        foreach (var changed in new byte[][]
        {
            [.. whole[..first], .. whole[second..]],
            [.. whole[..second], .. whole[first..]],
            [.. whole[..first], .. whole[second..rest], .. whole[first..second], .. whole[rest..]],
        })
        {
            File.WriteAllBytes(Segment, changed);
            Assert.Throws<LogDamageException>(() => SizeAfterOpening());
        }
    }

    [Fact]
    public void A_journal_that_was_only_just_begun_or_is_of_another_kind_is_told_apart()
    {
        var whole = Write(1);
        foreach (var begun in new byte[][] { [], whole[..1], whole[..15], new byte[16], new byte[5] })
        {
            File.WriteAllBytes(Segment, begun);
            Assert.Equal(0UL, SizeAfterOpening());
        }

        File.WriteAllBytes(Segment, [8, 0, 0, 0, .. whole]);
        Assert.Contains("does not start like one", Assert.Throws<LogDamageException>(() => SizeAfterOpening()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_is_only_opened_and_closed_does_not_grow()
    {
        var whole = Write(2);
        for (var i = 0; i < 3; i++)
            Assert.Equal(2UL, SizeAfterOpening());
        Assert.Equal(whole, File.ReadAllBytes(Segment));
    }

    public void Dispose() => folder.Dispose();

    private string Segment => Directory.GetFiles(folder.At("journal")).Single();

    private byte[] Write(int entries)
    {
        using (var log = LogStore.Open(folder.Root, Key))
        {
            for (var i = 0; i < entries; i++)
                log.Append(Entry(i));
        }

        return File.ReadAllBytes(Segment);
    }

    private ulong SizeAfterOpening()
    {
        using var log = LogStore.Open(folder.Root, Key);
        return log.Size;
    }

    // Each entry was appended alone: its head, its length in two bytes, and itself.
    private static int LengthOf(int entry) => HeadLength + sizeof(ushort) + Entry(entry).Length;

    private static byte[] Entry(int index) => Encoding.UTF8.GetBytes($"entry {index.ToString(CultureInfo.InvariantCulture)}");
}
