namespace Untag.Check;

/// <summary>One thing that is wrong with a product file.</summary>
/// <param name="Line">Line, counted from 1; 0 when it is about the whole file.</param>
/// <param name="Message">What is wrong: lower case, no full stop.</param>
/// <param name="Fix">What to do about it.</param>
public readonly record struct ProductFileError(int Line, string Message, string Fix);
