using System.Text.Json;

namespace Untag.Server.Guard.Replies.Contracts;

/// <summary>What a value of a reply may be: which types, fields and elements are declared. Only what restricts is known, not
/// what describes: a pattern or a range cannot make a tag pass.</summary>
internal sealed class Schema
{
    private readonly Dictionary<string, Schema> fields = new(StringComparer.Ordinal);

    /// <summary>Declares everything.</summary>
    public static Schema Any { get; } = new() { IsAny = true };

    /// <summary>True when everything is declared.</summary>
    public bool IsAny { get; set; }

    /// <summary>The declared types; none when all are.</summary>
    public HashSet<string> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>What fields of other names may be; null when there may be none.</summary>
    public Schema? OtherFields { get; set; }

    /// <summary>What the elements of a list may be; null when none are declared.</summary>
    public Schema? Items { get; set; }

    /// <summary>Declares a field. One that is declared twice, by alternatives, may be what either says.</summary>
    public void Add(string name, Schema schema) =>
        fields[name] = fields.TryGetValue(name, out var known) && known != schema ? Either(known, schema) : schema;

    /// <summary>What a field may be; null when it is not declared.</summary>
    public Schema? Field(string name) => IsAny ? this : fields.GetValueOrDefault(name, OtherFields!);

    /// <summary>What an element may be; null when none is declared.</summary>
    public Schema? Element => IsAny ? this : Items;

    /// <summary>True when a value of this type is declared. Nothing is always: it carries nothing.</summary>
    public bool Allows(JsonTokenType type) => IsAny || type == JsonTokenType.Null || Types.Count == 0 || type switch
    {
        JsonTokenType.StartObject => Types.Contains("object"),
        JsonTokenType.StartArray => Types.Contains("array"),
        JsonTokenType.String => Types.Contains("string"),
        JsonTokenType.Number => Types.Contains("number") || Types.Contains("integer"),
        _ => Types.Contains("boolean"),
    };

    /// <summary>Takes what another schema declares, too.</summary>
    public void Take(Schema other)
    {
        IsAny |= other.IsAny;
        Types.UnionWith(other.Types);
        foreach (var (name, schema) in other.fields)
            Add(name, schema);
        OtherFields ??= other.OtherFields;
        Items = Items is null || other.Items is null || Items == other.Items ? Items ?? other.Items : Either(Items, other.Items);
    }

    private static Schema Either(Schema one, Schema other)
    {
        var either = new Schema();
        either.Take(one);
        either.Take(other);
        return either;
    }
}
