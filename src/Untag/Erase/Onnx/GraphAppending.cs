using Untag.Audit;

namespace Untag.Erase.Onnx;

/// <summary>Puts a map behind a value of a graph, as a layer of its own: MatMul and Add.</summary>
internal static class GraphAppending
{
    private const long BroadcastingSince = 7; // of ONNX's own operators
    private const int StepsMax = 8;

    private static readonly string[] KeepWidth = ["Div", "LpNormalization", "BatchNormalization", "Identity", "Relu", "PRelu", "Tanh", "Clip"];

    /// <summary>The graph with the map behind a value; whatever else read the value reads it as it was.</summary>
    /// <exception cref="AuditInputException">The value does not fit the map.</exception>
    public static ProtoMessage Apply(OnnxModel model, string output, LinearEraser eraser)
    {
        if (!model.Outputs.Contains(output))
        {
            throw new AuditInputException(
                $"`{output}` is inside of the model: no layer is appended there", $"name an output: --output {model.Outputs[0]}");
        }

        var type = model.TypeOf(output) ?? throw new AuditInputException(
            $"`{output}` holds numbers of another type than float16, float32 and float64", "export the model with such an output");
        var width = Width(model, output, StepsMax) ?? throw new AuditInputException(
            $"the model does not say how many coordinates `{output}` has", "export it with a fixed last dimension of this output");
        if (width != eraser.Dimensions)
            throw LinearLayer.OtherWidth(output, width, eraser.Dimensions);
        if (model.OperatorsVersion < BroadcastingSince)
        {
            throw new AuditInputException(
                $"the model is of version {model.OperatorsVersion} of the operators, before {BroadcastingSince}", "export it again with a newer one");
        }

        var before = model.NewName($"{output}.before");
        var product = model.NewName($"{output}.product");
        var graph = model.Graph.Changed(field =>
        {
            if (!field.Is(1))
                return null;
            var node = new OnnxNode(field.Open());
            return node.Reading(output, before) is { } reading ? ProtoField.Of(1, reading)
                : node.Outputs.Contains(output) ? ProtoField.Of(1, node.Giving(output, before))
                : null;
        })!;
        var (weight, bias) = (model.NewName($"{output}.erased.weight"), model.NewName($"{output}.erased.bias"));
        return graph
            .With(ProtoField.Of(1, OnnxNode.Made("MatMul", model.NewName($"{output}.erased.product"), product, before, weight)))
            .With(ProtoField.Of(1, OnnxNode.Made("Add", model.NewName($"{output}.erased"), output, product, bias)))
            .With(ProtoField.Of(5, Weight(weight, type, eraser)))
            .With(ProtoField.Of(5, Bias(bias, type, eraser)));
    }

    // As the model says it, or as it follows from the layer whose rows are only scaled, shifted or cut.
    private static long? Width(OnnxModel model, string value, int steps)
    {
        if (model.WidthOf(value) is { } width)
            return width;
        return model.Giver(value) is not { Inputs.Count: > 0 } giver || steps == 0 ? null
            : giver.Kind is "Gemm" && giver.Inputs.Count > 1 ? WidthOfWeight(model, giver.Inputs[1], giver.Whole("transB", 0) == 0 ? ^1 : ^2)
            : giver.Kind is "MatMul" && giver.Inputs.Count > 1 ? WidthOfWeight(model, giver.Inputs[1], ^1)
            : KeepWidth.Contains(giver.Kind) ? Width(model, giver.Inputs[0], steps - 1)
            : null;
    }

    private static long? WidthOfWeight(OnnxModel model, string name, Index dimension) =>
        model.Weight(name) is { Shape.Count: >= 2 } weight ? weight.Shape[dimension.GetOffset(weight.Shape.Count)] : null;

    /// <summary>P′ as a weight.</summary>
    public static ProtoMessage Weight(string name, OnnxType type, LinearEraser eraser)
    {
        var projection = new Columns(eraser.Dimensions, eraser.Dimensions);
        for (var i = 0; i < eraser.Dimensions; i++)
            projection[i, i] = 1;
        eraser.Project(projection);
        return OnnxTensor.Made(name, type, [eraser.Dimensions, eraser.Dimensions], projection, MatrixOrder.ColumnByColumn);
    }

    /// <summary>b as a weight.</summary>
    public static ProtoMessage Bias(string name, OnnxType type, LinearEraser eraser) =>
        OnnxTensor.Made(name, type, [eraser.Dimensions], eraser.Offset, MatrixOrder.RowByRow);
}
