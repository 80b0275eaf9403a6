namespace Untag.Scan.Containers.Codecs;

/// <summary>Unpacks LZMA: bytes, and references to bytes before them.</summary>
/// <param name="packed">The packed bytes.</param>
internal sealed class LzmaDecoder(PackedBytes packed)
{
    private const int States = 12;
    private const int AfterBytes = 7; // the states below it follow a byte, the others a reference
    private const int Alignments = 16;
    private const int LengthMin = 2;
    private const int LiteralLikelihoods = 0x300;
    private const int SlotBits = 6;
    private const int AlignBits = 4;
    private const int FirstAlignedSlot = 14;

    // Where the likelihoods of each decision stand.
    private const int IsReference = 0;
    private const int IsRepeated = IsReference + States * Alignments;
    private const int IsOlder = IsRepeated + States;
    private const int IsSecondOlder = IsOlder + States;
    private const int IsThirdOlder = IsSecondOlder + States;
    private const int IsLong = IsThirdOlder + States;
    private const int Slots = IsLong + States * Alignments;
    private const int NearDistances = Slots + 4 * (1 << SlotBits);
    private const int AlignedDistances = NearDistances + 128;
    private const int NewLength = AlignedDistances + (1 << AlignBits);
    private const int RepeatedLength = NewLength + LengthLikelihoods;
    private const int Literals = RepeatedLength + LengthLikelihoods;

    // Two choices, then two short forms for each alignment, and the long one.
    private const int LengthLikelihoods = 2 + 2 * Alignments * 8 + 256;

    private readonly RangeDecoder range = new(packed);
    private ushort[] likelihoods = [];
    private int literalContextBits;
    private uint literalAlignment;
    private uint alignment;
    private int state;
    private uint distance, distance1, distance2, distance3;
    private int repeatLeft;

    /// <summary>What was unpacked last.</summary>
    public LzmaWindow Window { get; } = new();

    /// <summary>Sets how the bytes were packed, and forgets what was learnt from those before.</summary>
    /// <param name="properties">How many bits of the byte before, of the place of a byte and of that of a reference count.
    /// </param>
    public void SetProperties(byte properties)
    {
        if (properties >= 9 * 5 * 5)
            throw new DamageException(DamageException.Damaged);
        literalContextBits = properties % 9;
        var literalAlignmentBits = properties / 9 % 5;
        literalAlignment = (1u << literalAlignmentBits) - 1;
        alignment = (1u << (properties / 45)) - 1;
        likelihoods = RangeDecoder.Likelihoods(
            Literals + (LiteralLikelihoods << (literalContextBits + literalAlignmentBits)));
        Reset();
    }

    /// <summary>Forgets what was learnt.</summary>
    public void Reset()
    {
        RangeDecoder.Reset(likelihoods);
        (state, distance, distance1, distance2, distance3, repeatLeft) = (0, 0, 0, 0, 0, 0);
    }

    /// <summary>Starts with the next packed byte.</summary>
    public void Start() => range.Start();

    /// <summary>Unpacks until a buffer is full.</summary>
    /// <returns>How many bytes: fewer when the mark of the end was met.</returns>
    public int Read(Span<byte> output)
    {
        var count = Repeat(output);
        while (count < output.Length)
        {
            var place = (int)(Window.Total & alignment);
            if (Bit(IsReference + state * Alignments + place) == 0)
                output[count++] = Window.Put(Literal());
            else if (ReadReference(place))
                count += Repeat(output[count..]);
            else
                return count;
        }

        return count;
    }

    private int Bit(int decision) => range.Bit(ref likelihoods[decision]);

    private int Repeat(Span<byte> output)
    {
        var length = Math.Min(repeatLeft, output.Length);
        if (length > 0)
            Window.Repeat(distance, output[..length]);
        repeatLeft -= length;
        return length;
    }

    private byte Literal()
    {
        var before = Window.Total == 0 ? 0 : Window.Back(0);
        var context = (int)((Window.Total & literalAlignment) << literalContextBits)
            + (before >> (8 - literalContextBits));
        var own = likelihoods.AsSpan(Literals + LiteralLikelihoods * context, LiteralLikelihoods);
        var symbol = 1;
        if (state >= AfterBytes)
        {
            // It is not what the reference before would go on with: likelihoods depend on that, as long as its bits agree.
            var expected = Window.Back(distance) | 0x100;
            var agrees = true;
            while (agrees && symbol < 0x100)
            {
                var bit = (expected >> 7) & 1;
                expected <<= 1;
                symbol = (symbol << 1) | range.Bit(ref own[((1 + bit) << 8) + symbol]);
                agrees = (symbol & 1) == bit;
            }
        }

        while (symbol < 0x100)
            symbol = (symbol << 1) | range.Bit(ref own[symbol]);
        state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
        return (byte)(symbol & 0xFF);
    }

    // False at the mark of the end.
    private bool ReadReference(int place)
    {
        if (Bit(IsRepeated + state) == 0)
        {
            (distance3, distance2, distance1) = (distance2, distance1, distance);
            repeatLeft = Length(NewLength, place);
            state = state < AfterBytes ? 7 : 10;
            distance = Distance(repeatLeft - LengthMin);
            if (distance != uint.MaxValue)
                return true;
            repeatLeft = 0;
            return false;
        }

        if (Bit(IsOlder + state) == 0)
        {
            if (Bit(IsLong + state * Alignments + place) == 0)
            {
                state = state < AfterBytes ? 9 : 11;
                repeatLeft = 1;
                return true;
            }
        }
        else if (Bit(IsSecondOlder + state) == 0)
        {
            (distance, distance1) = (distance1, distance);
        }
        else if (Bit(IsThirdOlder + state) == 0)
        {
            (distance, distance1, distance2) = (distance2, distance, distance1);
        }
        else
        {
            (distance, distance1, distance2, distance3) = (distance3, distance, distance1, distance2);
        }

        repeatLeft = Length(RepeatedLength, place);
        state = state < AfterBytes ? 8 : 11;
        return true;
    }

    private int Length(int first, int place)
    {
        const int Short = 2, Middle = Short + Alignments * 8, Long = Middle + Alignments * 8;
        if (Bit(first) == 0)
            return LengthMin + range.Number(likelihoods.AsSpan(first + Short + place * 8), 3);
        if (Bit(first + 1) == 0)
            return LengthMin + 8 + range.Number(likelihoods.AsSpan(first + Middle + place * 8), 3);
        return LengthMin + 16 + range.Number(likelihoods.AsSpan(first + Long), 8);
    }

    private uint Distance(int length)
    {
        var slot = range.Number(likelihoods.AsSpan(Slots + (Math.Min(length, 3) << SlotBits)), SlotBits);
        if (slot < 4)
            return (uint)slot;
        var bits = (slot >> 1) - 1;
        var start = (2u | ((uint)slot & 1)) << bits;
        if (slot < FirstAlignedSlot)
            return start + (uint)range.NumberFromLowest(likelihoods.AsSpan(NearDistances + (int)start - slot), bits);
        start += range.EvenNumber(bits - AlignBits) << AlignBits;
        return start + (uint)range.NumberFromLowest(likelihoods.AsSpan(AlignedDistances), AlignBits);
    }
}
