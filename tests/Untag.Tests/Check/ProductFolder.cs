using Untag.Check;

namespace Untag.Tests.Check;

/// <summary>A product on disk, deleted at the end of a test.</summary>
internal sealed class ProductFolder : IDisposable
{
    public static readonly TimeProvider Clock = new FixedClock(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("untag-test-");

    public ProductFolder(params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
            Write(path, text);
    }

    public string Root => folder.FullName;

    public string At(string path) => Path.Join(Root, path);

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    public ProductFileResult Read() => ProductFileReader.Read(At(ProductFile.FileName), null);

    public void Dispose() => folder.Delete(recursive: true);

    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
