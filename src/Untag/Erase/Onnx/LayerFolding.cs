namespace Untag.Erase.Onnx;

/// <summary>Folds a map into the weights of a linear layer.</summary>
internal static class LayerFolding
{
    /// <summary>The graph with the map in a layer.</summary>
    /// <exception cref="InvalidDataException">A weight holds another number of numbers than it states.</exception>
    public static ProtoMessage Apply(OnnxModel model, string output, LinearLayer layer, LinearEraser eraser)
    {
        var weights = layer.Weight.Read(eraser.Dimensions, layer.Inputs, layer.Order);
        eraser.Project(weights);
        var offset = new Columns(eraser.Dimensions, 1);
        if (layer.Bias is not null)
        {
            offset = layer.Bias.Read(eraser.Dimensions, 1, MatrixOrder.RowByRow);
            eraser.Project(offset);
        }

        offset.AddScaled(0, eraser.Offset, 0, 1 / layer.BiasScale);
        var folded = layer.Weight.With(weights, layer.Order);
        return layer.Bias is { } bias && model.Uses(bias.Name) == 1
            ? Replaced(model.Graph, (layer.Weight.Name, folded), (bias.Name, bias.With(offset, MatrixOrder.RowByRow)))
            : WithNewBias(model, output, layer, Replaced(model.Graph, (layer.Weight.Name, folded)), offset);
    }

    private static ProtoMessage Replaced(ProtoMessage graph, params (string Name, ProtoMessage Tensor)[] tensors) =>
        graph.Changed(field => field.Is(5) && tensors.FirstOrDefault(tensor => tensor.Name == field.Open().Text(8)).Tensor is { } other
            ? ProtoField.Of(5, other)
            : null)!;

    // A bias that other layers read too stays as it is for them; a layer without one gets it.
    private static ProtoMessage WithNewBias(OnnxModel model, string output, LinearLayer layer, ProtoMessage graph, Columns offset)
    {
        var name = model.NewName($"{output}.erased.bias");
        var tensor = ProtoField.Of(5, OnnxTensor.Made(name, layer.Weight.Type!.Value, [offset.Length], offset, MatrixOrder.RowByRow));
        if (layer.BiasNode is { } reader && layer.Bias is { } bias)
            return Exchanged(graph, reader, [reader.Reading(bias.Name, name)!]).With(tensor);
        var node = layer.Node;
        if (node.Kind == "Gemm")
        {
            var scale = node.Message.Changed(field => field.Is(5) && field.Open().Text(1) == "beta" ? Beta : null) ?? node.Message;
            var named = new ProtoMessage([.. node.Message.All(1).Take(2), ProtoField.Of(1, name), .. scale.Fields.Where(field => !field.Is(1))]);
            return Exchanged(graph, node, [named]).With(tensor);
        }

        var given = node.Outputs[0];
        var product = model.NewName($"{given}.product");
        return Exchanged(graph, node, [node.Giving(given, product), OnnxNode.Made("Add", model.NewName($"{given}.erased"), given, product, name)]).With(tensor);
    }

    // An attribute beta of 1: until now there was nothing that it could multiply.
    private static ProtoField Beta => ProtoField.Of(5, new ProtoMessage(
        ProtoField.Of(1, "beta"), new ProtoField(2, ProtoType.Fixed32, 0, (byte[])[0x15, .. BitConverter.GetBytes(1f)], default, null), ProtoField.Of(20, 1)));

    /// <summary>The graph with nodes in place of one.</summary>
    public static ProtoMessage Exchanged(ProtoMessage graph, OnnxNode node, IReadOnlyList<ProtoMessage> nodes)
    {
        var fields = new List<ProtoField>();
        foreach (var field in graph.Fields)
        {
            if (field.Is(1) && field.Open().All(2).Any(output => output.Text.Length > 0 && output.Text == node.Outputs[0]))
                fields.AddRange(nodes.Select(made => ProtoField.Of(1, made)));
            else
                fields.Add(field);
        }

        return new ProtoMessage(fields);
    }
}
