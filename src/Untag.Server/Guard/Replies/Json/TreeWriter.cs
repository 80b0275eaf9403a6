using System.Buffers;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Writes a value that was judged: unchanged bytes as they are.</summary>
internal static class TreeWriter
{
    /// <summary>Writes a member of an object or list, or leaves it out.</summary>
    /// <param name="tape">The nodes.</param>
    /// <param name="at">The member's.</param>
    /// <param name="held">The bytes.</param>
    /// <param name="seam">The members before it.</param>
    /// <param name="cursor">End of what was written or left out of the object or list.</param>
    /// <param name="output">Where to.</param>
    /// <returns>The new cursor.</returns>
    public static int Member(Tape tape, int at, ReadOnlySpan<byte> held, ref Seam seam, int cursor, IBufferWriter<byte> output)
    {
        ref var node = ref tape[at];
        if (node.IsRemoved)
        {
            seam.Remove();
            return node.End;
        }

        output.Write(held[seam.Keep(held, cursor, node.Begin)..node.Start]);
        Value(tape, at, held, output);
        return node.End;
    }

    /// <summary>Writes a value.</summary>
    public static void Value(Tape tape, int at, ReadOnlySpan<byte> held, IBufferWriter<byte> output)
    {
        ref var node = ref tape[at];
        if (!node.IsChanged)
        {
            output.Write(held[node.Start..node.End]);
            return;
        }

        if (node.Replacement is not null)
        {
            output.Write(node.Replacement);
            return;
        }

        output.Write(held.Slice(node.Start, 1));
        var cursor = node.Start + 1;
        var seam = default(Seam);
        for (var i = at + 1; i < node.Next; i = tape[i].Next)
            cursor = Member(tape, i, held, ref seam, cursor, output);
        output.Write(held[cursor..node.End]);
    }
}
