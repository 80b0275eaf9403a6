namespace Untag.Scan.Reading.Models.Hdf5;

/// <summary>Reads HDF5, and the models that Keras keeps in it: groups, attributes and data sets by name. The content of
/// a data set is never read.</summary>
internal sealed class Hdf5Reader : IBinaryReader
{
    private const int ObjectsMax = 200_000;

    // Attributes in which Keras lists the names of layers and weights.
    private static readonly string[] NameLists = ["layer_names", "weight_names"];

    public string Name => "HDF5, Keras";

    public string Reads => "groups, attributes and data sets by name, shapes, the model's configuration; never the data";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) => head.StartsWith(Hdf5File.Signature);

    public ReadResult Read(string path, Stream stream)
    {
        var source = new ByteSource(stream);
        var names = new ModelNames("hdf5");
        if (Hdf5File.Open(source) is { } file)
            ReadTree(file, names);
        return names.ToResult(source.Problem);
    }

    private static void ReadTree(Hdf5File file, ModelNames names)
    {
        var links = new Hdf5Links(file);
        var texts = new Hdf5Texts(file);
        var weights = new List<(string, IReadOnlyList<long>)>();
        var seen = new HashSet<long>();
        var open = new Queue<(string Path, long At)>();
        open.Enqueue(("", file.Root));
        while (open.TryDequeue(out var next) && !names.IsFull && !file.Source.IsDamaged)
        {
            if (!seen.Add(next.At))
                continue;
            if (seen.Count > ObjectsMax)
                file.Source.Damage($"has more than {ObjectsMax} groups and data sets: the rest was not read");
            var messages = Hdf5Object.Messages(file, next.At);
            ReadAttributes(file, messages, texts, names);
            if (messages.Find(message => message.Kind == Hdf5MessageKind.Dataspace) is { Length: > 0 } space)
                AddDataSet(next.Path, space.IsShared ? null : texts.Shape(space.Start), names, weights);
            foreach (var link in links.Of(messages))
            {
                var path = next.Path.Length > 0 ? $"{next.Path}/{link.Name}" : link.Name;
                names.Name("groups", link.Name);
                if (link.Target >= 0)
                    open.Enqueue((path, link.Target));
            }
        }

        WeightHeads.Add(weights, names);
    }

    private static void AddDataSet(
        string path, List<long>? shape, ModelNames names, List<(string, IReadOnlyList<long>)> weights)
    {
        names.Name(ModelNames.Weights, path);
        if (shape is not null)
            weights.Add((path, shape));
    }

    private static void ReadAttributes(
        Hdf5File file, List<Hdf5Message> messages, Hdf5Texts texts, ModelNames names)
    {
        foreach (var message in messages)
        {
            if (message is { Kind: Hdf5MessageKind.Attribute, IsShared: false })
            {
                AddAttribute(texts.OfAttribute(message.Start), names);
            }
            else if (message.Kind == Hdf5MessageKind.AttributeIndex)
            {
                var at = message.Start + 2 + ((file.Source.Byte(message.Start + 1) & 1) != 0 ? 2 : 0);
                foreach (var place in Hdf5Heap.Objects(file, file.Address(at), file.Address(at + file.AddressBytes)))
                    AddAttribute(texts.OfAttribute(place), names);
            }
        }
    }

    private static void AddAttribute((string Name, List<string> Texts) attribute, ModelNames names)
    {
        var (name, texts) = attribute;
        if (texts.Count == 0)
            names.Name("attributes", name);
        else if (NameLists.Any(list => name.StartsWith(list, StringComparison.Ordinal)))
            texts.ForEach(text => names.Name(ModelNames.Layers, text));
        else if (texts.Count == 1)
            names.Entry($"attribute {name}", name, texts[0]);
        else
            names.Labels($"attribute {name}", name, texts);
    }
}
