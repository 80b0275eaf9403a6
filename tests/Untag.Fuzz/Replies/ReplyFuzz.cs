using System.Globalization;

namespace Untag.Fuzz.Replies;

/// <summary>Compares the guard with the slow filter on replies without end.</summary>
internal static class ReplyFuzz
{
    private const int FailuresMax = 5;

    /// <summary>Runs.</summary>
    /// <param name="count">Number of replies.</param>
    /// <param name="first">Seed of the first one; each has its own.</param>
    /// <returns>The exit code: 1 when a reply became another than it should, or the guard threw.</returns>
    public static int Run(long count, int first)
    {
        var failures = 0;
        for (long i = 0; i < count && failures < FailuresMax; i++)
        {
            var seed = unchecked(first + (int)i);
            if (Try(seed) is not { } problem)
                continue;
            failures++;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}: {problem}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"replies\t{count}\t{failures} failures"));
        return failures == 0 ? 0 : 1;
    }

    private static string? Try(int seed)
    {
        try
        {
            return ReplyComparison.Compare(seed);
        }
        catch (Exception problem)
        {
            return problem.ToString();
        }
    }
}
