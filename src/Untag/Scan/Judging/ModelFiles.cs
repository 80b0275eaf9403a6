namespace Untag.Scan.Judging;

/// <summary>Files that hold a model or its weights: what they are called says what they tell.</summary>
internal static class ModelFiles
{
    private static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        ".h5", ".hdf5", ".keras", ".pt", ".pth", ".ckpt", ".onnx", ".tflite", ".pb", ".pkl", ".pickle", ".joblib",
        ".caffemodel", ".safetensors", ".gguf", ".mlmodel", ".pmml", ".npz", ".engine", ".mnn", ".ncnn", ".rknn", ".weights",
    };

    /// <summary>True when the path ends like a model.</summary>
    public static bool Contain(string path) => Endings.Contains(System.IO.Path.GetExtension(path));
}
