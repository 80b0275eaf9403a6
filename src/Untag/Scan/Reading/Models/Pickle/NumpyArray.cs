using System.Globalization;
using System.Text;

namespace Untag.Scan.Reading.Models.Pickle;

/// <summary>An array of NumPy, as its pickle or joblib's describes it.</summary>
/// <param name="Type">Its type in NumPy's letters, such as <c>U6</c> or <c>f8</c>, without the order of bytes.</param>
/// <param name="IsBigEndian">True when the most significant byte comes first.</param>
/// <param name="Shape">Its dimensions.</param>
internal sealed record NumpyArray(string Type, bool IsBigEndian, IReadOnlyList<long> Shape)
{
    /// <summary>True when it holds objects of Python rather than numbers or letters.</summary>
    public bool HoldsObjects => Type.StartsWith('O');

    /// <summary>True when joblib put a byte before its content that says how many more bytes to pass over.</summary>
    public bool IsAligned { get; private init; }

    /// <summary>Bytes of its content; -1 when no file can have so many.</summary>
    public long SizeBytes
    {
        get
        {
            var size = new System.Numerics.BigInteger(ItemBytes);
            foreach (var dimension in Shape)
                size *= dimension;
            return size >= 0 && size <= long.MaxValue ? (long)size : -1;
        }
    }

    /// <summary>True when its items are texts.</summary>
    public bool HoldsText => Type.Length > 1 && Type[0] is 'U' or 'S';

    private long ItemBytes
    {
        get
        {
            var digits = Type.AsSpan(Math.Min(1, Type.Length));
            if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                return 1;
            return Type[0] == 'U' && count < int.MaxValue ? sizeof(uint) * count : count;
        }
    }

    /// <summary>The array that an object stands for, whichever of the two wrote it; null when it stands for none.</summary>
    public static NumpyArray? Of(PickleObject made, PickleTape tape)
    {
        if (made.IsMadeBy("joblib", "NumpyArrayWrapper"))
            return OfWrapper(made, tape);
        if (made.IsMadeBy("numpy", "_frombuffer")
            && made.Arguments is PickleList { Items: [_, var itsType, var itsShape, ..] })
            return Described(itsType, itsShape, tape); // protocol 5
        return made.IsMadeBy("numpy", "_reconstruct") && made.State is PickleList { Items: [_, var shape, var type, ..] }
            ? Described(type, shape, tape)
            : null;
    }

    /// <summary>The array that joblib describes in the state of its wrapper.</summary>
    public static NumpyArray? OfWrapper(PickleObject wrapper, PickleTape tape)
    {
        PickleValue? type = null, shape = null;
        var isAligned = false;
        var state = (wrapper.State as PickleDictionary)?.Pairs ?? [];
        foreach (var (key, value) in state)
        {
            switch (key is PickleText text ? tape.Text(text) : "")
            {
                case "dtype":
                    type = value;
                    break;
                case "shape":
                    shape = value;
                    break;
                case "numpy_array_alignment_bytes":
                    isAligned = value is PickleNumber;
                    break;
            }
        }

        return type is null || shape is null || Described(type, shape, tape) is not { } array
            ? null
            : array with { IsAligned = isAligned };
    }

    /// <summary>Its texts; empty when it holds none.</summary>
    public List<string> Texts(PickleObject made, PickleTape tape)
    {
        const int TextsMax = 1_000_000;
        var texts = new List<string>();
        if (!HoldsText || Content(made) is not { } content)
            return texts;
        var bytes = tape.Bytes(content);
        var size = (int)Math.Min(ItemBytes, int.MaxValue);
        for (var at = 0; size > 0 && at <= bytes.Length - size && texts.Count < TextsMax; at += size)
            texts.Add(EncodingOfItems.GetString(bytes, at, size).TrimEnd('\0'));
        return texts;
    }

    /// <summary>The dimensions that a tuple of numbers stands for; null when it is none.</summary>
    public static List<long>? ShapeOf(PickleValue value)
    {
        const int DimensionsMax = 64;
        if (value is not PickleList { Items.Count: <= DimensionsMax } tuple)
            return null;
        var shape = new List<long>(tuple.Items.Count);
        foreach (var item in tuple.Items)
        {
            if (item is not PickleNumber { Value: >= 0 } number)
                return null;
            shape.Add(number.Value);
        }

        return shape;
    }

    private Encoding EncodingOfItems =>
        Type[0] == 'S' ? Encoding.UTF8 : new UTF32Encoding(IsBigEndian, byteOrderMark: false);

    private static NumpyArray? Described(PickleValue type, PickleValue shape, PickleTape tape)
    {
        // numpy.dtype('U6', False, True), with the order of bytes as the second of its state.
        if (type is not PickleObject { Arguments: PickleList { Items: [PickleText letters, ..] } } made
            || !made.IsMadeBy("numpy", "dtype") || ShapeOf(shape) is not { } dimensions)
            return null;
        var isBigEndian = made.State is PickleList { Items: [_, PickleText order, ..] } && tape.Text(order) == ">";
        return new NumpyArray(tape.Text(letters), isBigEndian, dimensions);
    }

    // Its bytes, as such, or as the text from which old protocols make them by a call.
    private static PickleText? Content(PickleObject made)
    {
        var content = made.State is PickleList { Items: [_, _, _, _, var last] } ? last
            : made.Items.Count > 0 ? made.Items[0]
            : made.Arguments is PickleList { Items: [var buffer, ..] } ? buffer
            : null;
        return content is PickleObject { Arguments: PickleList { Items: [PickleText encoded, ..] } } call
            && call.IsMadeBy("_codecs", "encode")
            ? encoded
            : content as PickleText;
    }
}
