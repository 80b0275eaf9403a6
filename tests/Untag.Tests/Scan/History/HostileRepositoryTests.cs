using Untag.Scan.History;

namespace Untag.Tests.Scan.History;

/// <summary>A repository whose configuration and files would start a program, or hide something, if they could.</summary>
public sealed class HostileRepositoryTests : IDisposable
{
    private readonly TemporaryRepository repository = new();
    private readonly string trace;

    public HostileRepositoryTests() => trace = repository.Beside("executed");

    public void Dispose() => repository.Dispose();

    [Fact]
    public void No_program_that_a_repository_names_is_started()
    {
        repository.Write(".gitattributes", "*.py diff=evil filter=evil\n");
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService), ("labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-03-01", ("labels.py", "labels = []\n"));
        repository.Write("new.py", "x = 1\n");
        repository.Git("add", "--all");
        var program = Program(repository.Beside("evil"));
        foreach (var key in new[]
        {
            "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.alternateRefsCommand",
            "diff.external", "diff.evil.command", "diff.evil.textconv", "filter.evil.clean", "filter.evil.smudge",
            "filter.evil.process", "gpg.program", "credential.helper", "pager.log", "pager.rev-list", "alias.rev-list",
        })
            repository.Git("config", key, program);
        repository.Git("config", "log.showSignature", "true");
        var hooks = Path.Join(repository.Folder, ".git", "hooks");
        Directory.CreateDirectory(hooks);
        foreach (var hook in new[] { "fsmonitor-watchman", "post-index-change", "reference-transaction", "pre-auto-gc" })
            Program(Path.Join(hooks, hook));
        File.SetLastWriteTimeUtc(Path.Join(repository.Folder, "service.py"), new DateTime(2030, 1, 1, 0, 0, 0, DateTimeKind.Utc));

        Assert.NotEmpty(repository.ScanAll().Findings);
        repository.ScanSince("HEAD~1");
        repository.ScanStaged();
        Assert.False(File.Exists(trace), File.Exists(trace) ? File.ReadAllText(trace) : "");
        repository.Git("status"); // the trap does close when git is run as everybody runs it
        Assert.True(File.Exists(trace));
    }

    [Fact]
    public void A_program_called_git_in_the_scanned_folder_is_not_taken_for_git()
    {
        repository.Commit("2025-02-01", ("x.py", "x = 1\n"));
        Program(Path.Join(repository.Folder, "git"));
        var path = $".:{repository.Folder}:{Environment.GetEnvironmentVariable("PATH")}";
        var git = GitProgram.Find(repository.Folder, path);
        Assert.NotNull(git);
        using var run = git.Start(["--version"], TestContext.Current.CancellationToken);
        Assert.StartsWith("git version", new StreamReader(run.Output).ReadToEnd(), StringComparison.Ordinal);
        Assert.Null(GitProgram.Find(repository.Folder, $".:{repository.Folder}"));
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void A_missing_object_makes_nobody_fetch_it()
    {
        repository.Commit("2025-02-01", ("labels.py", TemporaryRepository.Labels));
        repository.Commit("2025-03-01", ("labels.py", "labels = []\n"));
        var id = repository.Git("rev-parse", "HEAD~1:labels.py");
        File.SetAttributes(ObjectFile(id), FileAttributes.Normal);
        File.Delete(ObjectFile(id));
        var program = Program(repository.Beside("evil"));
        repository.Git("config", "core.repositoryFormatVersion", "1");
        repository.Git("config", "extensions.partialClone", "evil");
        repository.Git("config", "remote.evil.promisor", "true");
        repository.Git("config", "remote.evil.url", "ext::" + program);
        repository.Git("config", "remote.evil.uploadpack", program);
        repository.Git("config", "protocol.ext.allow", "always");
        var report = repository.ScanAll();
        Assert.False(report.Complete);
        Assert.False(File.Exists(trace));
    }

    [Fact]
    public void What_was_put_over_an_object_does_not_hide_it()
    {
        repository.Commit("2025-02-01", ("service.py", TemporaryRepository.FaceService), ("labels.py", TemporaryRepository.Labels));
        var tagged = repository.Git("rev-parse", "HEAD:labels.py");
        var clean = repository.Commit("2025-03-01", ("labels.py", "labels = []\n"));
        repository.Git("replace", tagged, repository.Git("rev-parse", clean + ":labels.py"));
        File.WriteAllText(Path.Join(repository.Folder, ".git", "info", "grafts"), repository.Git("rev-parse", "HEAD") + "\n");
        Assert.Single(repository.ScanAll().Findings, finding => finding.Rule == "UT0101");
    }

    private string ObjectFile(string id) => Path.Join(repository.Folder, ".git", "objects", id[..2], id[2..]);

    private string Program(string location)
    {
        File.WriteAllText(location, $"#!/bin/sh\necho \"$0 $*\" >> '{trace}'\ncat\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(location, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return location;
    }
}
