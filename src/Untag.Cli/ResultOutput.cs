namespace Untag.Cli;

/// <summary>Where results go: standard output, or a file that appears only when it is whole.</summary>
internal static class ResultOutput
{
    /// <summary>Writes to the file, or to standard output when <paramref name="path"/> is null.</summary>
    public static void Write(string? path, Action<Stream> write)
    {
        if (path is null)
        {
            using var output = Console.OpenStandardOutput();
            write(output);
            output.Flush();
            return;
        }

        try
        {
            WholeFile.Write(path, write);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new UserError($"cannot write {path}: {problem.Message.TrimEnd('.')}", "name a file in a folder that exists and may be written");
        }
    }
}
