using Untag.Guard;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

namespace Untag.Server.Guard.Gate;

/// <summary>A log in files, which one guard writes.</summary>
internal sealed class FileLog(string folder, SigningKey key) : IGuardLog
{
    private LogStore? store;

    public bool IsShared => false;

    public string WhenUnusable => "`untag log verify` tells more; name another folder for a new log: --log";

    public string WhenUnwritable => "name a folder that may be written, with room: --log";

    public GuardRecord? Open()
    {
        Dispose();
        store = LogStore.Open(folder, key);
        store.Publish(); // what the last run left unpublished can be read then
        return LastRun.Find(folder);
    }

    public void Append(IReadOnlyList<GuardRecord> records) =>
        store!.Append([.. records.Select(record => (ReadOnlyMemory<byte>)record.ToEntry().ToBytes())]);

    public void Publish() => store!.Publish();

    public void Dispose()
    {
        store?.Dispose();
        store = null;
    }
}
