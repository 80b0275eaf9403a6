namespace Untag.Cli;

/// <summary>Where results go: standard output, or a file that appears only when it is whole.</summary>
internal static class ResultOutput
{
    /// <summary>Writes to the file, or to standard output when <paramref name="path"/> is null.</summary>
    public static void Write(string? path, Action<Stream> write)
    {
        if (path is null)
        {
            WriteStandardOutput(write);
            return;
        }

        try
        {
            WholeFile.Write(path, write);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot write {path}: {FileProblem.InWords(problem)}",
                "name a file in a folder that exists and may be written");
        }
    }

    // A reader that went away is no failure: the framework writes into a closed pipe in silence.
    private static void WriteStandardOutput(Action<Stream> write)
    {
        try
        {
            using var output = Console.OpenStandardOutput();
            write(output);
            output.Flush();
        }
        catch (IOException problem)
        {
            throw new UserError($"cannot write the results: {FileProblem.InWords(problem)}", "--output writes them to a file");
        }
    }
}
