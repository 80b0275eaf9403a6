using System.Diagnostics;
using System.Globalization;
using System.Text;
using Untag.Server.Cluster;
using Untag.TransparencyLog.Notes;

// Sequences a log in PostgreSQL, or writes to it, for tests that kill it and for measurements.
// usage: Untag.ClusterWriter sequence CONNECTION FOLDER KEY SECONDS MILLISECONDS
// Sequences, signs every so many milliseconds, and prints "# SIZE ROOT" for each checkpoint once it is shown.
//        Untag.ClusterWriter write CONNECTION KEY THREADS SECONDS
// Writes from so many threads, and prints how many entries were durable in how many seconds.
var clock = Stopwatch.StartNew();
var seconds = double.Parse(args[4], CultureInfo.InvariantCulture);
if (args[0] == "sequence")
{
    using var end = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
    var key = SigningKey.Parse(File.ReadAllText(args[3]).Trim());
    var sequencer = new LogSequencer(args[1], args[2], key.Verifier, key)
    {
        PublishEvery = TimeSpan.FromMilliseconds(double.Parse(args[5], CultureInfo.InvariantCulture)),
        OnPublished = Tell,
        OnTrouble = Console.Error.WriteLine,
    };
    await sequencer.Run(end.Token);
    return;
}

await using var log = await ClusterLog.Open(args[1], SigningKey.Parse(File.ReadAllText(args[2]).Trim()).Verifier, $"{Environment.ProcessId}", CancellationToken.None);
var written = 0L;
clock.Restart(); // what it takes to start and to connect is not measured
await Task.WhenAll(Enumerable.Range(0, int.Parse(args[3], CultureInfo.InvariantCulture)).Select(Write));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{written} durable entries in {clock.Elapsed.TotalSeconds:0.00} s"));

async Task Write(int writer)
{
    for (var number = 0; clock.Elapsed.TotalSeconds < seconds; number++)
    {
        // As long as an entry about a reply.
        var text = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}-{writer}-{number}").PadRight(300, '.');
        await log.Append(Encoding.UTF8.GetBytes(text));
        Interlocked.Increment(ref written);
    }
}

static void Tell(SignedNote note)
{
    var head = Checkpoint.Parse(note.Text);
    Console.Out.WriteLine($"# {head.Size} {head.Root}");
    Console.Out.Flush();
}
