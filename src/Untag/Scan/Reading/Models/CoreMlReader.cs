namespace Untag.Scan.Reading.Models;

/// <summary>Reads Core ML: a protobuf <c>Model</c> of the published <c>Model.proto</c>.</summary>
internal sealed class CoreMlReader : IBinaryReader
{
    private const int DepthMax = 8;
    private const int VersionMax = 64;

    // The kinds of model that are made of layers, and those that are made of models.
    private const int NeuralNetworkRegressor = 303, NeuralNetworkClassifier = 403, NeuralNetwork = 500;
    private const int PipelineClassifier = 200, PipelineRegressor = 201, Pipeline = 202;
    private const int FirstKind = 200;
    private const int StringLabels = 100;

    public string Name => "Core ML";

    public string Reads => "outputs and inputs by name, labels of classifiers, layers, metadata and descriptions";

    public bool HidesText => true;

    public bool Recognises(string path, ReadOnlySpan<byte> head) =>
        path.EndsWith(".mlmodel", StringComparison.OrdinalIgnoreCase);

    public ReadResult Read(string path, Stream stream)
    {
        var source = new ByteSource(stream);
        var names = new ModelNames("coreml");
        if (source.Length < 4 || source.Byte(0) != 0x08 || source.Byte(1) is 0 or > VersionMax || source.Byte(2) != 0x12)
            return names.ToResult(NotTheModel.Sentence(source, "a Core ML model"));
        new Model(source, names).Read(new WireField(0, WireType.Bytes, 0, 0, source.Length), depth: 0);
        return names.ToResult(source.Problem);
    }

    private sealed class Model(ByteSource source, ModelNames names)
    {
        private readonly WireTexts texts = new(source, names);
        private string probabilities = "";

        public void Read(WireField model, int depth)
        {
            if (depth > DepthMax)
                source.Damage($"has models inside each other, more than {DepthMax} deep");
            var hasKind = false;
            var fields = new WireMessage(source, model);
            while (!names.IsFull && fields.Next(out var field))
            {
                if (field.Is(2))
                    ReadDescription(field);
                hasKind |= field.Number >= FirstKind;
                if (field.Number >= FirstKind && field.Type == WireType.Bytes)
                    ReadKind(field, depth);
            }

            if (!hasKind)
                source.Damage("holds no model: it is cut off");
        }

        private void ReadKind(WireField kind, int depth)
        {
            switch (kind.Number)
            {
                case PipelineClassifier or PipelineRegressor:
                    var outer = new WireMessage(source, kind);
                    while (outer.Next(out var pipeline))
                    {
                        if (pipeline.Is(1))
                            ReadPipeline(pipeline, depth);
                    }

                    break;
                case Pipeline:
                    ReadPipeline(kind, depth);
                    break;
                case NeuralNetworkRegressor or NeuralNetworkClassifier or NeuralNetwork:
                    ReadNetwork(kind);
                    break;
                default:
                    texts.Add(kind, "labels");
                    break;
            }
        }

        private void ReadPipeline(WireField pipeline, int depth)
        {
            var fields = new WireMessage(source, pipeline);
            while (fields.Next(out var field))
            {
                if (field.Is(1))
                    Read(field, depth + 1);
                else if (field.Is(2))
                    names.Name("models", Text(field));
            }
        }

        private void ReadNetwork(WireField network)
        {
            var fields = new WireMessage(source, network);
            while (!names.IsFull && fields.Next(out var field))
            {
                if (field.Is(1))
                    ReadLayer(field);
                else if (field.Is(StringLabels))
                    ReadLabels(field);
            }
        }

        private void ReadLayer(WireField layer)
        {
            var fields = new WireMessage(source, layer);
            while (fields.Next(out var field))
            {
                if (field.Is(1) || field.Is(3))
                    names.Name(ModelNames.Layers, Text(field));
            }
        }

        private void ReadLabels(WireField vector)
        {
            var labels = new List<string>();
            var fields = new WireMessage(source, vector);
            while (fields.Next(out var field))
            {
                if (field.Is(1))
                    labels.Add(Text(field));
            }

            names.Labels("labels", labels);
            names.Head(probabilities, labels.Count);
        }

        private void ReadDescription(WireField description)
        {
            var fields = new WireMessage(source, description);
            while (fields.Next(out var field))
            {
                switch (field)
                {
                    case { Number: 1 or 50, Type: WireType.Bytes }:
                        ReadFeature(field, ModelNames.Inputs);
                        break;
                    case { Number: 10, Type: WireType.Bytes }:
                        ReadFeature(field, ModelNames.Outputs);
                        break;
                    case { Number: 11, Type: WireType.Bytes }:
                        names.Name(ModelNames.Outputs, Text(field));
                        break;
                    case { Number: 12, Type: WireType.Bytes }:
                        probabilities = Text(field);
                        names.Name(ModelNames.Outputs, probabilities);
                        break;
                    case { Number: 100, Type: WireType.Bytes }:
                        ReadMetadata(field);
                        break;
                }
            }
        }

        private void ReadFeature(WireField feature, string family)
        {
            var name = "";
            var fields = new WireMessage(source, feature);
            while (fields.Next(out var field))
            {
                if (field.Is(1))
                    names.Name(family, name = Text(field));
                else if (field.Is(2))
                    names.Text(ModelNames.Descriptions, Text(field));
                else if (field.Is(3) && family == ModelNames.Outputs)
                    ReadType(field, name);
            }
        }

        // The sizes of an output that is an array.
        private void ReadType(WireField type, string name)
        {
            const int ArrayType = 5;
            var kinds = new WireMessage(source, type);
            while (kinds.Next(out var kind))
            {
                if (!kind.Is(ArrayType))
                    continue;
                var shape = new List<long>();
                var parts = new WireMessage(source, kind);
                while (parts.Next(out var part))
                {
                    if (part.Number == 1)
                        WireMessage.AddNumbers(source, part, shape);
                }

                names.Head(name, shape.Count > 0 ? shape[^1] : 0);
            }
        }

        private void ReadMetadata(WireField metadata)
        {
            var fields = new WireMessage(source, metadata);
            while (fields.Next(out var field))
            {
                if (field.Is(1))
                    names.Text(ModelNames.Descriptions, Text(field));
                else if (field.Is(100))
                    ReadUserDefined(field);
            }
        }

        private void ReadUserDefined(WireField entry)
        {
            string key = "", text = "";
            var fields = new WireMessage(source, entry);
            while (fields.Next(out var field))
            {
                if (field.Is(1))
                    key = Text(field);
                else if (field.Is(2))
                    text = Text(field);
            }

            names.Entry($"metadata {key}", key, text);
        }

        private string Text(WireField field) => source.Text(field.Start, field.Length);
    }
}
