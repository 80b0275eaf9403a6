using System.Diagnostics;

namespace Untag.Tests.TransparencyLog.Storage;

/// <summary>A disk in memory that is soon full, or may only be read. It takes the rights of root; elsewhere the test is skipped.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("untag-disk-");

    public SmallDisk(string size)
    {
        if (OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", Root))
            return;
        folder.Delete();
        Assert.Skip("a small disk cannot be mounted here");
    }

    public string Root => folder.FullName;

    public string At(string path) => Path.Join(Root, path);

    /// <summary>Mounts it anew, such as <c>size=8m</c>, <c>ro</c> or <c>rw</c>.</summary>
    public void Remount(string options) => Assert.True(Run("mount", "-o", $"remount,{options}", Root));

    public void Dispose()
    {
        Run("umount", Root);
        folder.Delete();
    }

    private static bool Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true };
#pragma warning disable RS0030 // the disk is made by the programs of the system
        using var process = Process.Start(start)!;
#pragma warning restore RS0030
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
