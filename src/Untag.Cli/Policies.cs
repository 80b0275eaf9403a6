using Untag.Policy;

namespace Untag.Cli;

/// <summary>Opens policies and product files, and turns what is wrong with them into words.</summary>
internal static class Policies
{
    /// <summary>The policy of a file, or the one that is part of Untag.</summary>
    public static TagPolicy Open(string? path)
    {
        if (path is null)
            return TagPolicy.Default;
        var (policy, errors) = TagPolicy.Read(path);
        return policy ?? throw Broken("the policy", errors);
    }

    /// <summary>The error for a file in which several things are wrong.</summary>
    public static UserError Broken(string what, IReadOnlyList<string> errors)
    {
        var rest = errors.Count > 1 ? "\n  " + string.Join("\n  ", errors) : " " + errors[0];
        return new UserError(
            $"{what} cannot be used:{rest}", "`untag help config` shows every key, with an example");
    }
}
