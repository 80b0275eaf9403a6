using Untag.Audit;

namespace Untag.Erase.Onnx;

/// <summary>The linear layer that gives a value: y = x W + c.</summary>
/// <param name="Node">The node that multiplies: Gemm or MatMul.</param>
/// <param name="Weight">W.</param>
/// <param name="Order">In which order W is written, seen as columns that are each as long as an embedding.</param>
/// <param name="Inputs">Numbers that go in, columns of W.</param>
/// <param name="BiasNode">The node that adds c: the same one, an Add behind it, or null when nothing is added.</param>
/// <param name="Bias">c; null when nothing is added.</param>
/// <param name="BiasScale">What c is multiplied by.</param>
internal sealed record LinearLayer(
    OnnxNode Node, OnnxTensor Weight, MatrixOrder Order, int Inputs, OnnxNode? BiasNode, OnnxTensor? Bias, double BiasScale)
{
    private const int StepsMax = 8;

    private static readonly string[] Scaling = ["Add", "Mul", "Cast", "Identity", "Reshape", "Squeeze"];

    private static readonly string[] Quantised =
    [
        "QLinearMatMul", "MatMulInteger", "QLinearConv", "ConvInteger", "DequantizeLinear", "QuantizeLinear",
        "com.microsoft.QGemm", "com.microsoft.MatMulNBits", "com.microsoft.DequantizeLinear", "com.microsoft.QuantizeLinear",
        "com.microsoft.QLinearAdd", "com.microsoft.MatMulIntegerToFloat", "com.microsoft.DynamicQuantizeMatMul",
    ];

    /// <summary>Finds the layer that gives a value; null when something else gives it, behind which a layer can be appended.</summary>
    /// <exception cref="AuditInputException">A layer gives it that cannot be folded into.</exception>
    public static LinearLayer? Behind(OnnxModel model, string value, int dimensions)
    {
        var layer = Found(model, value);
        if (layer is null)
            return null;
        CheckShared(model, layer, value);
        var width = layer.Weight.Count / layer.Inputs;
        if (width != dimensions)
            throw OtherWidth(value, width, dimensions);
        return layer;
    }

    /// <summary>That an output is not as wide as the map.</summary>
    public static AuditInputException OtherWidth(string value, long width, int dimensions) => new(
        $"`{value}` has {width} coordinates, the map {dimensions}", "name the output on whose rows the map was fitted: --output NAME");

    private static LinearLayer? Found(OnnxModel model, string value)
    {
        if (model.Giver(value) is not { } giver)
            return null;
        for (var steps = 0; steps < StepsMax && giver is { Kind: "Identity", Inputs.Count: 1 } && model.Uses(giver.Inputs[0]) == 1; steps++)
        {
            if (model.Giver(giver.Inputs[0]) is not { } before)
                return null;
            giver = before;
        }

        CheckQuantised(model, giver);
        switch (giver.Kind)
        {
            case "Gemm":
                return OfGemm(model, giver);
            case "MatMul":
                return OfMatMul(model, giver, null, null);
            case "Add" when giver.Inputs.Count == 2:
                foreach (var (product, bias) in new[] { (giver.Inputs[0], giver.Inputs[1]), (giver.Inputs[1], giver.Inputs[0]) })
                {
                    if (model.Giver(product) is { Kind: "MatMul" } multiplied && model.Weight(bias) is { } added)
                    {
                        CheckQuantised(model, multiplied);
                        return OfMatMul(model, multiplied, giver, added);
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private static LinearLayer? OfGemm(OnnxModel model, OnnxNode gemm)
    {
        if (gemm.Inputs.Count < 2 || model.Weight(gemm.Inputs[1]) is not { Type: not null, Shape: [var rows, var columns], Count: > 0 } weight)
            return null;
        var (width, inputs) = gemm.Whole("transB", 0) == 0 ? (columns, rows) : (rows, columns);
        var order = gemm.Whole("transB", 0) == 0 ? MatrixOrder.ColumnByColumn : MatrixOrder.RowByRow;
        if (gemm.Inputs.Count < 3 || gemm.Inputs[2].Length == 0)
            return new LinearLayer(gemm, weight, order, (int)inputs, null, null, 1);
        var scale = gemm.Real("beta", 1);
        return model.Weight(gemm.Inputs[2]) is { } bias && IsBias(bias, weight, width) && scale != 0
            ? new LinearLayer(gemm, weight, order, (int)inputs, gemm, bias, scale)
            : null;
    }

    private static LinearLayer? OfMatMul(OnnxModel model, OnnxNode product, OnnxNode? sum, OnnxTensor? bias)
    {
        if (product.Inputs.Count != 2 || model.Weight(product.Inputs[1]) is not { Type: not null, Shape: [var inputs, var width], Count: > 0 } weight)
            return null;
        return bias is null || IsBias(bias, weight, width)
            ? new LinearLayer(product, weight, MatrixOrder.ColumnByColumn, (int)inputs, sum, bias, 1)
            : null;
    }

    // One number for each coordinate, the same for all rows.
    private static bool IsBias(OnnxTensor bias, OnnxTensor weight, long width) =>
        bias.Type == weight.Type && bias.Count == width && (bias.Shape.Count == 0 || bias.Shape[^1] == width);

    private static void CheckShared(OnnxModel model, LinearLayer layer, string value)
    {
        var uses = model.Uses(layer.Weight.Name);
        if (uses > 1)
        {
            throw new AuditInputException(
                $"the weight `{layer.Weight.Name}` is used {uses} times: folding would change another output than `{value}`",
                "export the model with a weight for each layer, or write --append");
        }

        var product = layer.Node.Outputs[0];
        var others = model.Reached(product).Where(output => output != value).ToList();
        var isAddedApart = layer.BiasNode is not null && layer.BiasNode != layer.Node;
        if (others.Count > (model.Outputs.Contains(value) ? 0 : 1) || (isAddedApart && model.Uses(product) > 1))
        {
            var other = others.Count > 0 ? $"`{others[^1]}`" : "something else";
            throw new AuditInputException(
                $"what the layer `{layer.Node.Name}` gives is used for {other} too: folding would change more than `{value}`",
                "write --append: a layer of its own changes one output");
        }
    }

    private static void CheckQuantised(OnnxModel model, OnnxNode node)
    {
        if (QuantisedKind(model, node, StepsMax) is { } kind)
        {
            throw new AuditInputException(
                $"the layer `{node.Name}` is quantised ({kind}): a map cannot be folded into whole numbers",
                "fold it into the model before it is quantised, or write --append");
        }
    }

    // What works on whole numbers: the node, what its weights come from, or what it only brings back to scale.
    private static string? QuantisedKind(OnnxModel model, OnnxNode node, int steps)
    {
        if (Quantised.Contains(node.Kind))
            return node.Kind;
        var inputs = node.Kind is "Gemm" or "MatMul" ? node.Inputs.Skip(1) : Scaling.Contains(node.Kind) ? node.Inputs : [];
        return steps == 0 ? null : inputs.Select(model.Giver).OfType<OnnxNode>()
            .Select(giver => QuantisedKind(model, giver, steps - 1)).FirstOrDefault(kind => kind is not null);
    }
}
