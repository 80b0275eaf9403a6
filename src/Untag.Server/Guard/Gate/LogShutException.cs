namespace Untag.Server.Guard.Gate;

/// <summary>The log does not take entries: what waits for one must not be answered.</summary>
internal sealed class LogShutException() : IOException("the log cannot be written");
