using System.Runtime.ExceptionServices;

namespace Untag.Audit;

/// <summary>Does several things that know nothing of each other, on all processors.</summary>
internal static class InParallel
{
    /// <summary>Does them. Of several that fail, the first is told, whichever failed first.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="action">Does one, by its number.</param>
    public static void Do(int count, Action<int> action)
    {
        var problems = new Exception?[count];
        Parallel.For(0, count, i =>
        {
            try
            {
                action(i);
            }
            catch (Exception problem)
            {
                problems[i] = problem;
            }
        });
        if (Array.Find(problems, problem => problem is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
    }
}
