namespace Untag.Scan.Reading.Binaries;

/// <summary>The table of constants of a class file: all its names and strings.</summary>
internal sealed class ConstantPool
{
    private const int Utf8 = 1, Class = 7, StringConstant = 8;

    private readonly string?[] texts;
    private readonly Dictionary<int, int> classes = [];
    private readonly HashSet<int> strings = [];

    /// <summary>Reads the table.</summary>
    public ConstantPool(BinarySource source)
    {
        var count = (int)source.Number(8, 2);
        texts = new string?[count];
        End = 10;
        for (var i = 1; i < count && !IsDamaged; i++)
        {
            var tag = (int)source.Number(End, 1);
            if (tag is Class or StringConstant)
            {
                var text = (int)source.Number(End + 1, 2);
                if (tag == Class)
                    classes[i] = text;
                else
                    strings.Add(text);
            }

            var size = SizeOf(source, tag, i);
            IsDamaged |= size == 0;
            End += size;
            if (tag is 5 or 6)
                i++; // a long and a double take two numbers
        }
    }

    /// <summary>Where the table ends.</summary>
    public long End { get; private set; }

    /// <summary>True when an entry is of no known kind: what follows cannot be read.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The text of a number; empty when there is none.</summary>
    public string Text(int index) => index < texts.Length ? texts[index] ?? "" : "";

    /// <summary>The name of the class of a number.</summary>
    public string ClassName(int index) => classes.TryGetValue(index, out var text) ? Text(text) : "";

    /// <summary>All texts, and whether each is a string rather than a name.</summary>
    public IEnumerable<(string Text, bool IsString)> Texts()
    {
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i] is { } text)
                yield return (text, strings.Contains(i));
        }
    }

    private long SizeOf(BinarySource source, int tag, int index)
    {
        switch (tag)
        {
            case Utf8:
                var length = source.Number(End + 1, 2);
                texts[index] = ModifiedUtf8.Decode(source.Read(End + 3, length));
                return 3 + length;
            case 3 or 4 or 9 or 10 or 11 or 12 or 17 or 18:
                return 5;
            case 5 or 6:
                return 9;
            case Class or StringConstant or 16 or 19 or 20:
                return 3;
            case 15:
                return 4;
            default:
                return 0;
        }
    }
}
