namespace Untag.Scan.Reading.Models.Pickle;

/// <summary>What a pickle would build, as a structure: nothing is imported, called or built.</summary>
internal abstract class PickleValue
{
    /// <summary>A number that is no integer, a truth value or nothing at all: it names nothing.</summary>
    public static PickleValue Nothing { get; } = new PickleNothing();

    private sealed class PickleNothing : PickleValue;
}

/// <summary>How the bytes of a text stand for its characters.</summary>
internal enum PickleForm
{
    Utf8,

    /// <summary>A literal of Python in quotes.</summary>
    Quoted,

    /// <summary>UTF-8 letters with <c>\u</c> escapes.</summary>
    Escaped,

    /// <summary>No text.</summary>
    Bytes,
}

/// <summary>A text or bytes, by their place: most of them are weights that nobody reads.</summary>
internal sealed class PickleText(long start, long length, PickleForm form) : PickleValue
{
    public long Start => start;

    public long Length => length;

    public PickleForm Form => form;
}

internal sealed class PickleNumber(long value) : PickleValue
{
    public long Value => value;
}

/// <summary>A list, tuple or set.</summary>
internal sealed class PickleList(List<PickleValue> items) : PickleValue
{
    public List<PickleValue> Items => items;
}

internal sealed class PickleDictionary : PickleValue
{
    public List<(PickleValue Key, PickleValue Value)> Pairs { get; } = [];
}

/// <summary>The name of a class or function.</summary>
internal sealed class PickleGlobal(string module, string name) : PickleValue
{
    public string Module => module;

    public string Name => name;

    public override string ToString() => $"{module}.{name}";
}

/// <summary>What a call would return.</summary>
internal sealed class PickleObject(PickleValue callee, PickleValue arguments) : PickleValue
{
    /// <summary>What would be called; a class in most cases.</summary>
    public PickleValue Callee => callee;

    public PickleValue Arguments => arguments;

    /// <summary>What would be put into it; null when nothing.</summary>
    public PickleValue? State { get; set; }

    /// <summary>What would be appended to it.</summary>
    public List<PickleValue> Items { get; } = [];

    /// <summary>What would be set in it by key.</summary>
    public List<(PickleValue Key, PickleValue Value)> Pairs { get; } = [];

    /// <summary>True when the callee has this module, or one below it, and this name.</summary>
    public bool IsMadeBy(string module, string name) =>
        callee is PickleGlobal global && global.Name == name
        && (global.Module == module || global.Module.StartsWith(module + ".", StringComparison.Ordinal));
}
