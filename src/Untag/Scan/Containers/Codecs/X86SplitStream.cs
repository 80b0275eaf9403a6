namespace Untag.Scan.Containers.Codecs;

/// <summary>Joins a program for x86 processors that was packed in four parts, known as BCJ2: the code, where its calls and
/// its jumps lead, and which of what looks like one is one.</summary>
/// <param name="code">The code without the targets.</param>
/// <param name="calls">The targets of calls.</param>
/// <param name="jumps">The targets of jumps.</param>
/// <param name="choices">One bit for each byte that looks like a call or a jump.</param>
/// <param name="length">How many bytes the program has.</param>
internal sealed class X86SplitStream(Stream code, Stream calls, Stream jumps, Stream choices, long length) : ReadOnlyStream
{
    private const int Call = 0xE8;
    private const int Jump = 0xE9;
    private const int TargetBytes = 4;

    private readonly PackedBytes code = new(code);
    private readonly PackedBytes calls = new(calls);
    private readonly PackedBytes jumps = new(jumps);
    private readonly RangeDecoder choices = new(new PackedBytes(choices));
    private readonly ushort[] likelihoods = RangeDecoder.Likelihoods(2 + 256);
    private uint target;
    private int targetLeft;
    private byte last;
    private long position;

    public override int Read(Span<byte> buffer)
    {
        if (position == 0 && length > 0 && buffer.Length > 0)
            choices.Start();
        var count = 0;
        while (count < buffer.Length && position < length)
        {
            buffer[count++] = targetLeft > 0 ? TargetByte() : CodeByte();
            position++;
        }

        return count;
    }

    private byte TargetByte()
    {
        last = (byte)(target & 0xFF);
        target >>= 8;
        targetLeft--;
        return last;
    }

    private byte CodeByte()
    {
        var b = code.Next();
        var before = last;
        last = b;
        var mayJump = (b & 0xFE) == Call || (before == 0x0F && (b & 0xF0) == 0x80);
        if (mayJump && position + 1 < length)
        {
            var choice = b switch { Call => before, Jump => 256, _ => 257 };
            if (choices.Bit(ref likelihoods[choice]) == 1)
            {
                target = unchecked((b == Call ? calls : jumps).Take(4) - (uint)(position + 1 + TargetBytes));
                targetLeft = TargetBytes;
            }
        }

        return b;
    }
}
