using System.Diagnostics;
using System.Globalization;
using System.Text;
using Untag.TransparencyLog.Notes;
using Untag.TransparencyLog.Storage;

// Writes entries into a log from several threads, for tests that kill it and for measurements.
// usage: Untag.LogWriter FOLDER KEY THREADS SECONDS [quiet]
// Prints a line for each entry once it is durable, its index and its text, and one for each checkpoint once it is published:
// "# SIZE ROOT". With "quiet" it prints only how many were durable in how many seconds.
var key = SigningKey.Parse(File.ReadAllText(args[1]).Trim());
var (threads, seconds) = (int.Parse(args[2], CultureInfo.InvariantCulture), double.Parse(args[3], CultureInfo.InvariantCulture));
var quiet = args.Length > 4;
using var log = LogStore.Open(args[0], key);
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
