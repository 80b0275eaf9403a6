using Untag.Scan.Reports;

namespace Untag.Cli;

/// <summary>When colours are written.</summary>
internal enum ColorChoice
{
    Auto,
    Always,
    Never,
}

/// <summary>What is known about the screen: the only place that asks whether there is one.</summary>
/// <remarks>Results go to standard output; progress, warnings and errors to standard error.</remarks>
internal sealed class Terminal
{
    private readonly bool colors;

    private Terminal(bool colors) => this.colors = colors;

    /// <summary>True when a person watches standard error.</summary>
    public static bool ShowsProgress => !Console.IsErrorRedirected && Variable("TERM") != "dumb";

    /// <summary>The screen behind standard output.</summary>
    public static Terminal ForOutput(ColorChoice choice) => new(choice switch
    {
        ColorChoice.Always => true,
        ColorChoice.Never => false,
        _ => Variable("CLICOLOR_FORCE") is { Length: > 0 } and not "0"
            || (!Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null && Variable("TERM") != "dumb"),
    });

    public string Bold(string text) => Paint("1", text);

    public string Dim(string text) => Paint("2", text);

    public string Red(string text) => Paint("1;31", text);

    public string Yellow(string text) => Paint("33", text);

    public string Green(string text) => Paint("32", text);

    public string Cyan(string text) => Paint("36", text);

    /// <summary>Writes <c>error: …</c>, its details one a line, and <c>hint: …</c>.</summary>
    public static void WriteError(UserError error)
    {
        WriteError(error.Message);
        foreach (var detail in error.Details)
            Console.Error.WriteLine($"  {Printable(detail)}");
        if (error.Hint is not null)
            Console.Error.WriteLine($"hint: {Printable(error.Hint)}");
    }

    /// <summary>Writes <c>error: …</c> and <c>hint: …</c>.</summary>
    public static void WriteError(string message, string? hint = null)
    {
        Console.Error.WriteLine($"error: {Printable(message)}");
        if (hint is not null)
            Console.Error.WriteLine($"hint: {Printable(hint)}");
    }

    /// <summary>Writes <c>warning: …</c>: something to know that changes no exit code.</summary>
    public static void WriteWarning(string message) => Console.Error.WriteLine($"warning: {Printable(message)}");

    /// <summary>Writes what was done beside the results.</summary>
    public static void WriteDone(string message) => Console.Error.WriteLine(Printable(message));

    /// <summary>Text from a product, without what would act on the screen or in the log of a build server.</summary>
    public static string Printable(string text) => Harmless.Text(text);

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);

    private string Paint(string code, string text) => colors ? $"\e[{code}m{text}\e[0m" : text;
}
