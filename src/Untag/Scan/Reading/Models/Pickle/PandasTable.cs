namespace Untag.Scan.Reading.Models.Pickle;

/// <summary>A table of pandas in a pickle: what its columns are called may be read, and the values that a column can
/// have; what stands in its rows may not.</summary>
internal static class PandasTable
{
    private const int LookedAtMax = 100_000;

    /// <summary>True for the object in which pandas keeps the content of a table or of a column.</summary>
    public static bool IsHeldBy(PickleObject made) =>
        made.Callee is PickleGlobal global
        && (global.Module == "pandas" || global.Module.StartsWith("pandas.", StringComparison.Ordinal))
        && (global.Name.EndsWith("Manager", StringComparison.Ordinal) || global.Name is "_unpickle_block" or "new_block");

    /// <summary>The names of the columns; none for a column alone, which has the names of its rows instead.</summary>
    public static List<string> Columns(PickleObject table, PickleTape tape)
    {
        if (table.Callee is not PickleGlobal { Name: "BlockManager" or "ArrayManager" })
            return [];
        foreach (var value in Below(table))
        {
            // The axes: the columns, then the rows.
            if (value is PickleList { Items: [PickleObject columns, ..] axes } && axes.TrueForAll(IsIndex))
                return Texts(columns, tape);
        }

        return [];
    }

    /// <summary>The values that the columns can have, a list for each column that says so.</summary>
    public static List<List<string>> Categories(PickleObject table, PickleTape tape)
    {
        var lists = new List<List<string>>();
        foreach (var value in Below(table))
        {
            if (value is PickleObject made && made.IsMadeBy("pandas", "CategoricalDtype"))
                lists.Add(Texts(made, tape));
        }

        return lists;
    }

    private static bool IsIndex(PickleValue value) => value is PickleObject made && made.IsMadeBy("pandas", "_new_Index");

    private static List<string> Texts(PickleValue index, PickleTape tape)
    {
        var texts = new List<string>();
        foreach (var value in Below(index))
        {
            if (value is not PickleObject made || NumpyArray.Of(made, tape) is not { } array)
                continue;
            texts.AddRange(array.Texts(made, tape));
            if (!array.HoldsObjects || made.State is not PickleList { Items: [.., PickleList objects] })
                continue;
            foreach (var item in objects.Items)
            {
                if (item is PickleText text)
                    texts.Add(tape.Text(text));
            }
        }

        return texts;
    }

    // Everything below a value, in the order of the pickle.
    private static IEnumerable<PickleValue> Below(PickleValue top)
    {
        var seen = new HashSet<PickleValue>(ReferenceEqualityComparer.Instance);
        var open = new Stack<PickleValue>();
        open.Push(top);
        while (open.Count > 0 && seen.Count < LookedAtMax)
        {
            var value = open.Pop();
            if (!seen.Add(value))
                continue;
            yield return value;
            var parts = Parts(value);
            for (var i = parts.Count - 1; i >= 0; i--)
                open.Push(parts[i]);
        }
    }

    private static List<PickleValue> Parts(PickleValue value) => value switch
    {
        PickleList list => list.Items,
        PickleDictionary dictionary => [.. dictionary.Pairs.Select(pair => pair.Value)],
        PickleObject made =>
            [made.Arguments, made.State ?? PickleValue.Nothing, .. made.Items, .. made.Pairs.Select(pair => pair.Value)],
        _ => [],
    };
}
