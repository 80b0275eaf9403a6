namespace Untag.Columnar.Parquet;

/// <summary>How a value is written, with the numbers of the format.</summary>
internal enum ParquetType
{
    Unknown = -1,
    Boolean = 0,
    Int32 = 1,
    Int64 = 2,
    Int96 = 3,
    Float = 4,
    Double = 5,
    ByteArray = 6,
    FixedBytes = 7,
}

/// <summary>A column as the schema names it.</summary>
/// <param name="Path">Its path, with dots between the parts.</param>
/// <param name="Root">Index of the outermost column that it is, or stands in.</param>
/// <param name="IsRoot">True when it stands in no other.</param>
/// <param name="Written">How a value is written.</param>
/// <param name="Type">What the values are.</param>
/// <param name="Definitions">How many of the columns on its path may be empty.</param>
/// <param name="Repetitions">How many of them are lists.</param>
internal readonly record struct ParquetColumn(
    string Path, int Root, bool IsRoot, ParquetType Written, ColumnType Type, int Definitions, int Repetitions)
{
    /// <summary>True when its values are bytes or text of any length.</summary>
    public bool IsText => Written == ParquetType.ByteArray;
}

/// <summary>Reads the schema: a tree, written node by node with the number of children of each. The leaves are the columns.
/// </summary>
internal static class ParquetSchema
{
    private const int DepthMax = 64;

    /// <summary>Reads the list of nodes.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static (IReadOnlyList<string> Roots, IReadOnlyList<ParquetColumn> Columns) Read(ref ThriftReader reader)
    {
        var nodes = new List<SchemaNode>();
        for (var left = reader.ReadListHead(out _); left > 0; left--)
            nodes.Add(SchemaNode.Read(ref reader));
        var roots = new List<string>();
        var columns = new List<ParquetColumn>();
        var at = 1; // the first node is the root of all
        for (var left = nodes.Count > 0 ? nodes[0].Children : 0; left > 0 && at < nodes.Count; left--)
        {
            roots.Add(nodes[at].Name);
            Walk(nodes, ref at, new ParquetColumn("", roots.Count - 1, true, default, default, 0, 0), columns, depth: 0);
        }

        return (roots, columns);
    }

    private static void Walk(List<SchemaNode> nodes, ref int at, ParquetColumn above, List<ParquetColumn> columns, int depth)
    {
        if (depth > DepthMax)
            throw new InvalidDataException("the schema is nested too deep");
        var node = nodes[at++];
        // A list is written as `tags.list.element`: the two last parts say nothing.
        var isWrapper = depth > 0
            && node.Name is "list" or "element" or "item" or "array" or "bag" or "array_element" or "key_value";
        var here = above with
        {
            Path = isWrapper ? above.Path : above.Path.Length == 0 ? node.Name : $"{above.Path}.{node.Name}",
            IsRoot = depth == 0,
            Definitions = above.Definitions + (node.MayBeEmpty ? 1 : 0),
            Repetitions = above.Repetitions + (node.IsRepeated ? 1 : 0),
        };
        if (node.Children == 0)
            columns.Add(here with { Written = node.Written, Type = node.Type });
        for (var left = node.Children; left > 0 && at < nodes.Count; left--)
            Walk(nodes, ref at, here, columns, depth + 1);
    }
}
