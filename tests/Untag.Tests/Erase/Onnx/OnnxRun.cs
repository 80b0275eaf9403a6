using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Untag.Tests.Erase.Onnx;

/// <summary>Runs models with ONNX Runtime.</summary>
internal static class OnnxRun
{
    /// <summary>An output of a model for rows of one input, as the numbers of an array.</summary>
    public static double[] Output(string model, string name, IReadOnlyList<double> numbers, params int[] shape)
    {
        using var session = new InferenceSession(model);
        var inputs = session.InputMetadata.Select(input => Value(input.Key, input.Value.ElementType, numbers, shape)).ToList();
        using var outputs = session.Run(inputs, [name]);
        return outputs[0].Value switch
        {
            Tensor<float> tensor => [.. tensor.Select(number => (double)number)],
            Tensor<double> tensor => [.. tensor],
            Tensor<Float16> tensor => [.. tensor.Select(number => (double)BitConverter.UInt16BitsToHalf(number.value))],
            var other => throw new InvalidOperationException($"{other}"),
        };
    }

    private static NamedOnnxValue Value(string name, Type type, IReadOnlyList<double> numbers, int[] shape) =>
        type == typeof(double) ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<double>(numbers.ToArray(), shape))
        : type == typeof(float) ? NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(numbers.Select(number => (float)number).ToArray(), shape))
        : NamedOnnxValue.CreateFromTensor(name, new DenseTensor<Float16>(numbers.Select(number => new Float16(BitConverter.HalfToUInt16Bits((Half)number))).ToArray(), shape));
}
