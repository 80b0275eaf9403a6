namespace Untag.Scan.Reading.Models.Pickle;

/// <summary>Takes names and labels out of what a pickle would build: keys, classes, lists of texts, weights.</summary>
internal sealed class PickleNames(PickleTape tape, ModelNames names)
{
    private const string Classes = "classes";
    private const string Keys = "keys";
    private const int DepthMax = 64;
    private const int PathCharactersMax = 200;

    // The containers in which PyTorch keeps its layers: they are no part of a layer's name.
    private static readonly HashSet<string> Containers =
        new(StringComparer.Ordinal) { "_modules", "_parameters", "_buffers", "state_dict", "model_state_dict" };

    private readonly HashSet<PickleValue> seen = new(ReferenceEqualityComparer.Instance);
    private readonly Queue<(PickleValue Value, string Path)> deep = new();
    private readonly List<(string Name, IReadOnlyList<long> Shape)> weights = [];

    /// <summary>The weights met so far, with their shapes.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<long> Shape)> Weights => weights;

    /// <summary>Takes everything out of a value.</summary>
    public void Add(PickleValue value)
    {
        deep.Enqueue((value, ""));
        while (deep.TryDequeue(out var next))
            Walk(next.Value, next.Path, depth: 0);
    }

    private void Walk(PickleValue value, string path, int depth)
    {
        if (names.IsFull)
            return;
        if (depth > DepthMax)
        {
            deep.Enqueue((value, path));
            return;
        }

        if (value is PickleText text)
        {
            if (text.Form != PickleForm.Bytes || text.Length < PathCharactersMax)
                names.Text(path.Length > 0 ? path : "texts", tape.Text(text));
            return;
        }

        if (!seen.Add(value))
            return;
        switch (value)
        {
            case PickleList list:
                WalkItems(list.Items, path, depth);
                break;
            case PickleDictionary dictionary:
                WalkPairs(dictionary.Pairs, path, depth);
                break;
            case PickleGlobal global:
                names.Name(Classes, global.ToString());
                break;
            case PickleObject made:
                WalkObject(made, path, depth);
                break;
        }
    }

    private void WalkObject(PickleObject made, string path, int depth)
    {
        if (PandasTable.IsHeldBy(made))
        {
            // A table's rows are about persons: its columns are read, never a row.
            foreach (var column in PandasTable.Columns(made, tape))
                names.Name("columns", column);
            foreach (var categories in PandasTable.Categories(made, tape))
                names.Labels("labels of a column", categories);
            return;
        }

        if (TensorShape.Of(made) is { } shape)
        {
            AddWeight(path, shape);
            return;
        }

        if (NumpyArray.Of(made, tape) is { HoldsObjects: false } array)
        {
            var texts = array.Texts(made, tape);
            AddLabels(path, texts);
            if (!array.HoldsText)
                AddWeight(path, array.Shape);
            return;
        }

        if (made.IsMadeBy("numpy", "dtype"))
        {
            // Its letters say nothing; the names of the columns of an array that has some do.
            if (made.State is PickleList { Items: [_, _, PickleList columns, ..] })
                Walk(columns, path, depth + 1);
            return;
        }

        if (made.IsMadeBy("numpy", "scalar"))
            return;
        Walk(made.Callee, path, depth + 1);
        Walk(made.Arguments, path, depth + 1);
        if (made.State is not null)
            Walk(made.State, path, depth + 1);
        WalkItems(made.Items, path, depth);
        WalkPairs(made.Pairs, path, depth);
    }

    private void WalkItems(List<PickleValue> items, string path, int depth)
    {
        var labels = new List<string>();
        foreach (var item in items)
        {
            if (item is PickleText { Form: not PickleForm.Bytes } or PickleText { Length: < PathCharactersMax })
                labels.Add(tape.Text((PickleText)item));
            else
                Walk(item, path, depth + 1);
            if (names.IsFull)
                return;
        }

        AddLabels(path, labels);
    }

    private void WalkPairs(List<(PickleValue Key, PickleValue Value)> pairs, string path, int depth)
    {
        // {0: 'White', 1: 'Black'} and {'White': 0, 'Black': 1} are lists of labels.
        var labels = new List<string>();
        foreach (var (key, value) in pairs)
        {
            var label = key is PickleNumber ? value as PickleText : value is PickleNumber ? key as PickleText : null;
            if (label is null)
                break;
            labels.Add(tape.Text(label));
        }

        if (labels.Count == pairs.Count && labels.Count > 1)
        {
            AddLabels(path, labels);
            return;
        }

        foreach (var (key, value) in pairs)
        {
            if (names.IsFull)
                return;
            if (key is PickleText text)
                WalkEntry(tape.Text(text), value, path, depth);
            else
                WalkBoth(key, value, path, depth);
        }
    }

    private void WalkBoth(PickleValue key, PickleValue value, string path, int depth)
    {
        Walk(key, path, depth + 1);
        Walk(value, path, depth + 1);
    }

    private void WalkEntry(string key, PickleValue value, string path, int depth)
    {
        var inner = Containers.Contains(key) ? path : path.Length > 0 ? $"{path}.{key}" : key;
        if (inner.Length > PathCharactersMax)
            inner = inner[^PathCharactersMax..];
        if (value is PickleText text && (text.Form != PickleForm.Bytes || text.Length < PathCharactersMax))
        {
            names.Entry(Keys, key, tape.Text(text));
            return;
        }

        if (!Containers.Contains(key) && !NamesItself(value))
            names.Name(Keys, key);
        Walk(value, inner, depth + 1);
    }

    private void AddWeight(string name, IReadOnlyList<long> shape)
    {
        if (name.Length == 0)
            return;
        names.Name(ModelNames.Weights, name);
        weights.Add((name, shape));
    }

    // A list of labels and a weight are kept with their names.
    private bool NamesItself(PickleValue value) => value switch
    {
        PickleList { Items: [PickleText, ..] } => true,
        PickleObject made => TensorShape.Of(made) is not null || NumpyArray.Of(made, tape) is { HoldsObjects: false },
        _ => false,
    };

    private void AddLabels(string path, List<string> labels)
    {
        if (path.Length > 0)
            names.Labels($"labels {path}", path[(path.LastIndexOf('.') + 1)..], labels);
        else
            names.Labels("labels", labels);
    }
}
