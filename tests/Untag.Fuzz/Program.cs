using System.Globalization;
using Untag.Fuzz;
using Untag.Fuzz.Replies;
using Untag.Policy;
using Untag.Scan;
using Untag.Scan.Containers;

// Reads damaged copies of every fixture and sample. usage: Untag.Fuzz ROOT INPUTS MINUTES [FORMAT...]
//        or compares the guard's filter of replies with a slow one: Untag.Fuzz replies COUNT [SEED]
//   INPUTS   damaged copies for each format       MINUTES   or so long for each, whichever comes first
//   FORMAT   a part of the name of a format; all without one
// Prints a line a format: its name, the inputs read, the seconds they took, the longest time in milliseconds and the most
// memory in MiB for one. Times are those of the processor: a busy machine is no fault of a reader. Exits 1 when an input
// threw, took more than a second or allocated more than 256 MiB, and writes it to the temporary folder.
const double SecondsMax = 1;
const long AllocatedMax = 256L << 20;
const int FailuresMax = 5; // of one format: more say no more

if (args is ["replies", var count, ..])
{
    return ReplyFuzz.Run(
        long.Parse(count, CultureInfo.InvariantCulture), args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 0);
}

var root = args[0];
var inputs = int.Parse(args[1], CultureInfo.InvariantCulture);
var limit = TimeSpan.FromMinutes(double.Parse(args[2], CultureInfo.InvariantCulture));
var only = args[3..];
var lexicon = new Lexicon(TagPolicy.Default, TraitScope.Forbidden);
var seeds = Seed.All(root);
var failures = 0;
foreach (var format in seeds.GroupBy(seed => seed.Format).Where(group => IsWanted(group.Key)))
{
    var scan = new FileScan(lexicon, ScanLimits.Default); // as in a run, where a worker reads one file after the other
    var ofFormat = format.ToList();
    var mutator = new Mutator(seed: 20261123);
    var start = Environment.CpuUsage.TotalTime;
    var (slowest, largest, read, failed) = (TimeSpan.Zero, 0L, 0, 0);
    for (; read < inputs && Environment.CpuUsage.TotalTime - start < limit && failed < FailuresMax; read++)
    {
        var seed = ofFormat[read % ofFormat.Count];
        var damaged = mutator.Damage(seed.Bytes, seeds[read % seeds.Count].Bytes);
        var (problem, taken, allocated) = Try(scan, seed.Path, damaged);
        slowest = taken > slowest ? taken : slowest;
        largest = Math.Max(largest, allocated);
        if (problem is null)
            continue;
        failed++;
        failures++;
        var kept = Path.Join(Path.GetTempPath(), $"untag-fuzz-{failures}-{Path.GetFileName(seed.Path)}");
        File.WriteAllBytes(kept, damaged);
        Console.Error.WriteLine($"{seed.Path}: {problem}; kept as {kept}");
    }

    var seconds = (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    Console.WriteLine($"{format.Key}\t{read}\t{seconds:0}\t{slowest.TotalMilliseconds:0}\t{largest >> 20}");
}

return failures == 0 ? 0 : 1;

bool IsWanted(string format) =>
    only.Length == 0 || only.Any(part => format.Contains(part, StringComparison.OrdinalIgnoreCase));

(string? Problem, TimeSpan Taken, long Allocated) Try(FileScan scan, string path, byte[] bytes)
{
    var before = GC.GetAllocatedBytesForCurrentThread();
    var start = Environment.CpuUsage.TotalTime;
    using var stream = new MemoryStream(bytes);
    var read = scan.Read(path, stream, new ReadingBudget(ScanLimits.Default));
    var problem = read.All.Select(result => result.Problem)
        .FirstOrDefault(said => said?.StartsWith(FileScan.BugWords, StringComparison.Ordinal) == true);
    var taken = Environment.CpuUsage.TotalTime - start;
    var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
    if (taken.TotalSeconds > SecondsMax)
        problem ??= $"took {taken.TotalSeconds:0.0} s";
    if (allocated > AllocatedMax)
        problem ??= $"allocated {allocated >> 20} MiB";
    return (problem, taken, allocated);
}
