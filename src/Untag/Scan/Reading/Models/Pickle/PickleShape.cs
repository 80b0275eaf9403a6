using System.Buffers;
using System.Buffers.Binary;

namespace Untag.Scan.Reading.Models.Pickle;

/// <summary>Tells by the first bytes whether a file is a pickle, whatever it is called.</summary>
internal static class PickleShape
{
    private const int ProtocolMax = 5;
    private const int OpcodesMin = 4;

    // Opcodes by what stands behind them in the file; the others are no opcodes.
    private static readonly SearchValues<byte> Bare = SearchValues.Create(
        [.. "(.012NRQabdelostu)]}"u8, 0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8F, 0x90, 0x91, 0x92, 0x93, 0x94, 0x97, 0x98]);

    private static readonly SearchValues<byte> WithLine = SearchValues.Create("FILSVPgp"u8);
    private static readonly SearchValues<byte> WithTwoLines = SearchValues.Create("ci"u8);
    private static readonly SearchValues<byte> Digits = SearchValues.Create("-0123456789L\r"u8);
    private static readonly SearchValues<byte> NotInNames = SearchValues.Create(" \t(){}[]=;:,\"'"u8);

    /// <summary>True when these bytes begin with a chain of opcodes that hardly anything but a pickle has.</summary>
    /// <param name="head">The first bytes of the file.</param>
    public static bool IsPickle(ReadOnlySpan<byte> head) =>
        head.Length >= 2 && head[0] == 0x80
            ? head[1] <= ProtocolMax && (head.Length == 2 || SizeOf(head[2..]) != 0)
            : Follow(head) is { IsBroken: false, UsesMemory: true } chain
                && (chain.Ends || (chain.IsCut && chain.Opcodes >= OpcodesMin));

    /// <summary>True when these bytes begin with a chain of opcodes: enough for a file that is called a pickle.</summary>
    /// <param name="head">The first bytes of the file.</param>
    public static bool MayBePickle(ReadOnlySpan<byte> head) =>
        IsPickle(head) || Follow(head) is { IsBroken: false, Opcodes: > 0 };

    // Protocols 0 and 1 have no mark of their own. Text is no pickle by chance when its opcodes put something into the
    // memory of the machine and go on to the end.
    private static Chain Follow(ReadOnlySpan<byte> head)
    {
        var chain = new Chain { IsBroken = head.IsEmpty || !"(]}ci"u8.Contains(head[0]) };
        var at = 0;
        while (at < head.Length && !chain.IsBroken && !chain.Ends)
        {
            var size = SizeOf(head[at..]);
            if (size < 0)
                return chain with { Opcodes = chain.Opcodes + 1, IsCut = true };
            chain = chain with
            {
                Opcodes = chain.Opcodes + 1,
                UsesMemory = chain.UsesMemory || head[at] is (byte)'p' or (byte)'q' or (byte)'r',
                IsBroken = size == 0,
                Ends = head[at] == (byte)'.',
            };
            at += size;
        }

        // Behind a pickle only another one may stand.
        var isFollowed = chain.Ends && at < head.Length && head[at] != 0x80;
        return chain with { IsCut = !chain.Ends, IsBroken = chain.IsBroken || isFollowed };
    }

    private readonly record struct Chain(int Opcodes, bool UsesMemory, bool Ends, bool IsCut, bool IsBroken);

    // Bytes of the opcode with what belongs to it; -1 when that goes beyond the head, 0 for what is no opcode.
    private static int SizeOf(ReadOnlySpan<byte> bytes)
    {
        var code = bytes[0];
        if (Bare.Contains(code))
            return 1;
        if (WithLine.Contains(code))
        {
            var line = LineSize(code, bytes[1..]);
            return line > 0 ? 1 + line : line;
        }

        if (WithTwoLines.Contains(code))
            return TwoLineSize(bytes);
        var size = code switch
        {
            (byte)'K' or (byte)'h' or (byte)'q' or 0x80 or 0x82 => 2,
            (byte)'M' or 0x83 => 3,
            (byte)'J' or (byte)'j' or (byte)'r' or 0x84 => 5,
            (byte)'G' or 0x95 => 9,
            (byte)'U' or (byte)'C' or 0x8A or 0x8C => bytes.Length < 2 ? -1 : 2L + bytes[1],
            (byte)'T' or (byte)'X' or (byte)'B' or 0x8B =>
                bytes.Length < 5 ? -1 : 5L + BinaryPrimitives.ReadUInt32LittleEndian(bytes[1..]),
            0x8D or 0x8E or 0x96 => -1,
            _ => 0,
        };
        return size > bytes.Length ? -1 : (int)size;
    }

    private static int TwoLineSize(ReadOnlySpan<byte> bytes)
    {
        var first = LineSize(bytes[0], bytes[1..]);
        if (first <= 0)
            return first;
        var second = LineSize(bytes[0], bytes[(1 + first)..]);
        return second <= 0 ? second : 1 + first + second;
    }

    // A line with what can stand behind this opcode: digits, a name of Python, a literal.
    private static int LineSize(byte code, ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)'\n');
        var line = end < 0 ? bytes : bytes[..end];
        var fits = code switch
        {
            (byte)'p' or (byte)'g' => !line.ContainsAnyExceptInRange((byte)'0', (byte)'9'),
            (byte)'I' or (byte)'L' => !line.ContainsAnyExcept(Digits),
            (byte)'S' => line.IsEmpty || line[0] is (byte)'\'' or (byte)'"',
            (byte)'c' or (byte)'i' => !line.ContainsAny(NotInNames),
            _ => true,
        };
        return !fits ? 0 : end < 0 ? -1 : end + 1;
    }
}
