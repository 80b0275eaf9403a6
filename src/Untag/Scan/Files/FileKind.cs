using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Untag.Scan.Files;

/// <summary>Tells a file from a pipe, a socket or a device, which would block a reader for ever.</summary>
/// <remarks>The framework has no public call for it; the runtime's own native library has, on every Unix. Windows
/// knows no such entries in a folder.</remarks>
internal static class FileKind
{
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int ModeOffset = 4; // struct FileStatus of the runtime: int Flags, int Mode, …
    private const int StatusSizeMax = 256;

    /// <summary>True when the entry holds bytes of its own.</summary>
    public static bool IsRegularFile(string path)
    {
        if (OperatingSystem.IsWindows())
            return true;
        var status = new byte[StatusSizeMax];
        if (Stat(Encoding.UTF8.GetBytes(path + '\0'), status) != 0)
            return true; // opening it will say what is wrong
        return (BinaryPrimitives.ReadInt32LittleEndian(status.AsSpan(ModeOffset)) & TypeMask) == RegularFile;
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_Stat")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int Stat(byte[] path, byte[] status);
}
