namespace Untag;

/// <summary>Says what is wrong with a file or folder in words that are the same on every machine: the framework's own
/// name paths of the machine, and are left out of the native program.</summary>
public static class FileProblem
{
    /// <summary>The reason in lower case, without full stop.</summary>
    /// <param name="problem">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/>.</param>
    public static string InWords(Exception problem) => problem switch
    {
        UnauthorizedAccessException => "permission denied",
        FileNotFoundException => "it is not there",
        DirectoryNotFoundException => "its folder is not there",
        PathTooLongException => "its path is too long",
        _ => WithoutPath(problem.Message),
    };

    // The system's own words come as: No space left on device : '/where/it/was'
    private static string WithoutPath(string message)
    {
        var path = message.IndexOf(" : '", StringComparison.Ordinal);
        var words = (path < 0 ? message : message[..path]).TrimEnd('.');
        return words.Length == 0 ? "the system gives no reason" : char.ToLowerInvariant(words[0]) + words[1..];
    }
}
