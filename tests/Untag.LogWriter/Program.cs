using System.Diagnostics;
using System.Globalization;
using System.Text;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;
using Untag.TransparencyLog.Tiles;
using Untag.TransparencyLog.Trees;

// Writes entries into a log from several threads, for tests that kill it and for measurements.
// usage: Untag.LogWriter FOLDER KEY THREADS SECONDS [quiet]
// Prints a line for each entry once it is durable, its index and its text, and one for each checkpoint once it is published:
// "# SIZE ROOT". With "quiet" it prints only how many were durable in how many seconds.
//        Untag.LogWriter fill FOLDER KEY ENTRIES BYTES     makes a long log, without a journal
//        Untag.LogWriter prove FOLDER PROOFS               proves entries here and there, each from the files anew
if (args[0] == "fill")
{
    Fill(args[1], args[2], Number(args[3]), (int)Number(args[4]));
    return;
}

if (args[0] == "prove")
{
    Prove(args[1], (int)Number(args[2]));
    return;
}

var (threads, seconds) = ((int)Number(args[2]), double.Parse(args[3], CultureInfo.InvariantCulture));
var quiet = args.Length > 4;
using var log = LogStore.Open(args[0], Key(args[1]));
var output = new Lock();
var clock = Stopwatch.StartNew();
var written = 0L;
var first = log.Size;

var writers = Enumerable.Range(0, threads).Select(writer => new Thread(() => Write(writer))).ToList();
writers.ForEach(writer => writer.Start());
while (clock.Elapsed.TotalSeconds < seconds)
{
    Thread.Sleep(quiet ? 1000 : 5);
    var head = Checkpoint.Parse(log.Publish().Text);
    Tell($"# {head.Size} {head.Root}");
}

writers.ForEach(writer => writer.Join());
if (quiet)
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{written} durable entries in {clock.Elapsed.TotalSeconds:0.00} s"));

void Write(int writer)
{
    for (var number = 0; clock.Elapsed.TotalSeconds < seconds; number++)
    {
        // As long as an entry about a reply.
        var text = string.Create(CultureInfo.InvariantCulture, $"{first}-{writer}-{number}").PadRight(quiet ? 300 : 20, '.');
        var index = log.Append(Encoding.UTF8.GetBytes(text));
        Interlocked.Increment(ref written);
        Tell($"{index} {text}");
    }
}

void Tell(string line)
{
    if (quiet)
        return;
    lock (output)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}

static void Fill(string folder, string key, ulong entries, int bytes)
{
    var signer = Key(key);
    using var log = PublishedLog.Open(folder, signer.Verifier);
    while (log.Size < entries)
        log.Add(Encoding.UTF8.GetBytes(log.Size.ToString(CultureInfo.InvariantCulture).PadRight(bytes, '.')));
    log.WriteTiles();
    log.Sign(signer);
}

static void Prove(string folder, int proofs)
{
    var random = new Random(20261130);
    var times = new List<double>();
    for (var i = 0; i < proofs; i++)
    {
        var clock = Stopwatch.StartNew();
        var log = TiledLog.Open(folder);
        var index = (ulong)random.NextInt64((long)log.Checkpoint.Size);
        var proof = log.Prover.Inclusion(index);
        times.Add(clock.Elapsed.TotalMilliseconds);
        if (!MerkleProofs.Includes(index, log.Checkpoint.Size, log.Prover.Leaf(index), proof, log.Checkpoint.Root))
            throw new InvalidOperationException($"the proof of entry {index} proves nothing");
    }

    times.Sort();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{times[proofs / 2]:0.000} ms in the middle, {times[proofs * 99 / 100]:0.000} ms for the slowest of a hundred, of {proofs} proofs"));
}

static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);

static SigningKey Key(string path) => SigningKey.Parse(File.ReadAllText(path).Trim());
