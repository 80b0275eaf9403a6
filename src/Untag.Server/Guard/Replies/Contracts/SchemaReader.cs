using Untag.Policy;

namespace Untag.Server.Guard.Replies.Contracts;

/// <summary>Reads the schemas of one definition of an interface, each once.</summary>
/// <param name="document">The definition.</param>
internal sealed class SchemaReader(YamlTree document)
{
    private readonly Dictionary<YamlTree, Schema> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>References that lead nowhere.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The value of a key; null when there is none.</summary>
    public static YamlTree? In(YamlTree? tree, string key) =>
        (tree as YamlTree.Mapping)?.Members.FirstOrDefault(member => member.Key.Text == key).Value;

    /// <summary>What a reference leads to; everything else is itself.</summary>
    public YamlTree? Resolved(YamlTree? tree)
    {
        const int ReferencesMax = 32; // one can lead to another, and in a circle
        for (var i = 0; i < ReferencesMax && In(tree, "$ref") is YamlTree.Scalar reference; i++)
            tree = Target(reference);
        return tree;
    }

    /// <summary>The schema that is written here.</summary>
    public Schema Read(YamlTree? written)
    {
        if (Resolved(written) is not YamlTree.Mapping tree)
            return written is YamlTree.Scalar { Text: "true" } ? Schema.Any : new Schema();
        if (known.TryGetValue(tree, out var schema))
            return schema;
        known[tree] = schema = new Schema();
        ReadTypes(tree, schema);
        foreach (var (name, field) in (In(tree, "properties") as YamlTree.Mapping)?.Members ?? [])
            schema.Add(name.Text, Read(field));
        if (In(tree, "additionalProperties") is { } others and not YamlTree.Scalar { Text: "false" })
            schema.OtherFields = others is YamlTree.Mapping { Members.Count: 0 } ? Schema.Any : Read(others);
        if (In(tree, "items") is { } items)
            schema.Items = Read(items);
        foreach (var key in new[] { "allOf", "oneOf", "anyOf", "prefixItems" })
        {
            foreach (var part in (In(tree, key) as YamlTree.Sequence)?.Items ?? [])
                Take(schema, Read(part), isElement: key == "prefixItems");
        }

        return schema;
    }

    private static void Take(Schema schema, Schema part, bool isElement)
    {
        if (!isElement)
        {
            schema.Take(part);
            return;
        }

        var list = new Schema { Items = part };
        schema.Take(list);
    }

    private static void ReadTypes(YamlTree tree, Schema schema)
    {
        if (In(tree, "type") is YamlTree.Scalar type)
            schema.Types.Add(type.Text);
        foreach (var one in (In(tree, "type") as YamlTree.Sequence)?.Items.OfType<YamlTree.Scalar>() ?? [])
            schema.Types.Add(one.Text);
    }

    private YamlTree? Target(YamlTree.Scalar reference)
    {
        YamlTree? tree = document;
        if (!reference.Text.StartsWith("#/", StringComparison.Ordinal))
            tree = null;
        foreach (var step in reference.Text.Split('/').Skip(1))
        {
            tree = In(tree, Uri.UnescapeDataString(step).Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal));
        }

        if (tree is null)
            Errors.Add($"line {reference.Line}: the reference `{reference.Text}` leads nowhere: keep all schemas in one file");
        return tree;
    }
}
