using System.Buffers.Binary;

namespace Untag.Scan.Containers.Codecs;

/// <summary>The filter for programs of x86 processors, known as BCJ. What is a jump there cannot be told for sure: a byte
/// that calls or jumps counts as one when the distance behind it is small, and no other such byte stands in it.</summary>
internal sealed class X86Branches
{
    private const int JumpBytes = 5;

    // Which of the three bytes before could have been a jump and was not taken for one; the nearest is the lowest bit.
    private int passed;

    /// <summary>Filters, as <see cref="Filter"/> has it.</summary>
    public int Convert(Span<byte> bytes, uint position)
    {
        var at = 0;
        while (at + JumpBytes <= bytes.Length)
        {
            if ((bytes[at] & 0xFE) != 0xE8)
            {
                passed = (passed << 1) & 7;
                at++;
            }
            else if (IsJump(bytes.Slice(at, JumpBytes)))
            {
                Convert(bytes.Slice(at + 1, 4), unchecked(position + (uint)at + JumpBytes), Distance());
                passed = 0;
                at += JumpBytes;
            }
            else
            {
                passed = ((passed << 1) & 7) | 1;
                at++;
            }
        }

        return at;
    }

    private static bool IsSign(uint b) => b is 0 or 0xFF;

    private static void Convert(Span<byte> operand, uint next, int distance)
    {
        unchecked
        {
            var stored = BinaryPrimitives.ReadUInt32LittleEndian(operand);
            var target = stored - next;
            var bits = 8 * distance;
            // The packer went on until the byte that the other jump would have had as its sign was none.
            while (distance > 0 && IsSign((target >> (24 - bits)) & 0xFF))
                target = (target ^ ((1u << (32 - bits)) - 1)) - next;
            var sign = (target >> 24 & 1) == 0 ? 0 : 0xFF000000;
            BinaryPrimitives.WriteUInt32LittleEndian(operand, sign | (target & 0x00FFFFFF));
        }
    }

    private bool IsJump(ReadOnlySpan<byte> jump) =>
        IsSign(jump[4]) && (passed == 0 || (passed is 1 or 2 or 4 && !IsSign(jump[4 - Distance()])));

    private int Distance() => passed switch { 0 => 0, 1 => 1, 2 => 2, _ => 3 };
}
