namespace Untag.Erase;

/// <summary>A type of numbers in an array of NumPy.</summary>
internal enum NpyType
{
    /// <summary><c>&lt;f2</c>.</summary>
    Float16,

    /// <summary><c>&lt;f4</c>.</summary>
    Float32,

    /// <summary><c>&lt;f8</c>.</summary>
    Float64,

    /// <summary><c>|i1</c>: 127 stands for 1.</summary>
    Int8,
}
