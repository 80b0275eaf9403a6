namespace Untag.Cli;

/// <summary>What the program tells the shell. The help topic <c>exit-codes</c> says the same.</summary>
internal static class ExitCode
{
    /// <summary>Everything asked for was done, and nothing speaks against the product.</summary>
    public const int Holds = 0;

    /// <summary>There are findings, or a claim fails or is insufficient.</summary>
    public const int Findings = 1;

    /// <summary>It could not be done, or only in part.</summary>
    public const int Failed = 2;

    /// <summary>Stopped by Ctrl-C.</summary>
    public const int Interrupted = 130;
}
