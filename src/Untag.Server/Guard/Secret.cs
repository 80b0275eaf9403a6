namespace Untag.Server.Guard;

/// <summary>Reads what stands in a file or in a variable and nowhere else.</summary>
internal static class Secret
{
    private const string FromVariable = "env:";

    /// <summary>The text of a file, or of a variable when it is named <c>env:NAME</c>. Nothing of it stands in a message.</summary>
    /// <param name="named">The name.</param>
    /// <param name="folder">The folder that a path is relative to.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="ServerError">It is not there.</exception>
    public static string Read(string named, string folder, string what)
    {
        if (named.StartsWith(FromVariable, StringComparison.Ordinal))
        {
            return Environment.GetEnvironmentVariable(named[FromVariable.Length..]) is { Length: > 0 } text
                ? text
                : throw new ServerError($"the variable of the {what} `{named}` is not set", $"set it to the text of the {what}");
        }

        try
        {
            return File.ReadAllText(Path.Combine(folder, named));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ServerError($"the {what} `{named}` cannot be read: {FileProblem.InWords(problem)}", "name a file, or env:NAME for a variable");
        }
    }
}
