namespace Untag.Policy;

/// <summary>What a finding is called and what its reader is told.</summary>
/// <param name="Code">Such as <c>UT0101</c>; never reused.</param>
/// <param name="Name">Two or three words in kebab-case.</param>
/// <param name="Title">One line.</param>
/// <param name="Claim">The claim that a finding of level error makes fail.</param>
/// <param name="Kinds">Wire names of the kinds of finding that the rule covers.</param>
/// <param name="Shapes">What must have been met: <c>name</c>, <c>set</c>, <c>identifier</c>, <c>prompt</c>,
/// <c>watchlist</c>, <c>selection</c>, <c>file-name</c>.</param>
/// <param name="ErrorFrom">Points from which a finding is an error.</param>
/// <param name="WarningFrom">Points from which it is a warning; below, nothing is reported.</param>
/// <param name="Explanation">What was found and why it matters, in Markdown.</param>
/// <param name="Fix">What to do about it, in Markdown.</param>
/// <param name="Examples">Files in which the rule must, or must not, find something.</param>
public sealed record Rule(
    string Code,
    string Name,
    string Title,
    string Claim,
    IReadOnlyList<string> Kinds,
    IReadOnlyList<string> Shapes,
    int ErrorFrom,
    int WarningFrom,
    string Explanation,
    string Fix,
    IReadOnlyList<RuleExample> Examples);

/// <summary>A small file that shows what a rule finds, or what it must leave alone.</summary>
/// <param name="Title">What the example shows.</param>
/// <param name="Path">Name of the file.</param>
/// <param name="Text">Its content.</param>
/// <param name="Finds">Lines on which the rule must find something; empty for an innocent example.</param>
public sealed record RuleExample(string Title, string Path, string Text, IReadOnlyList<int> Finds);
