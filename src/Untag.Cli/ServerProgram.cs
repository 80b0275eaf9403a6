using System.Runtime.InteropServices;

namespace Untag.Cli;

/// <summary>The program <c>untag-server</c>, which carries what would make this one three times as large
/// (docs/decisions/0065-the-guard-is-a-program-beside-untag.md).</summary>
internal static class ServerProgram
{
    private const string Name = "untag-server";

    /// <summary>Becomes the server: the same process goes on as it, so that signals reach it and its exit code is ours.</summary>
    /// <param name="words">Its words.</param>
    /// <returns>Never, but where it could not be started.</returns>
    /// <exception cref="UserError">It does not lie beside this program, or cannot be started.</exception>
    public static int Become(IReadOnlyList<string> words)
    {
        var program = Path.Join(AppContext.BaseDirectory, Name);
        if (OperatingSystem.IsWindows())
            throw new UserError("`untag` does not start the server on Windows", $"start `{Name} {words[0]}` itself: it takes the same words");
        if (!File.Exists(program))
            throw new UserError($"there is no `{Name}` beside `untag`", "`dotnet publish src/Untag.Server -c Release -o FOLDER` makes it: name the folder of `untag`");
        nint[] arguments = [.. words.Prepend(program).Select(Marshal.StringToCoTaskMemUTF8), 0];
        _ = Execute(arguments[0], arguments);
        throw new UserError($"`{Name}` cannot be started: {Marshal.GetLastPInvokeErrorMessage()}", "look whether it may be executed");
    }

    [DllImport("libc", EntryPoint = "execv", SetLastError = true)]
    private static extern int Execute(nint path, nint[] arguments);
}
