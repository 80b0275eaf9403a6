using System.Diagnostics;
using System.Globalization;

namespace Untag.GuardBench;

/// <summary>Asks as fast as it is answered, over some connections, each after the other.</summary>
internal static class Load
{
    private const double WarmUpSeconds = 1;

    /// <summary>Requests a second, and milliseconds at the median and the 99th percentile: to the first byte, and to the last.</summary>
    public static async Task<string> RunAsync(Uri url, int connections, double seconds)
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = connections });
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => AskAsync(client, url, WarmUpSeconds, [])));
        var samples = Enumerable.Range(0, connections).Select(_ => new List<(double First, double Last)>()).ToList();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(samples.Select(list => AskAsync(client, url, seconds, list)));
        var elapsed = clock.Elapsed.TotalSeconds;
        var first = samples.SelectMany(list => list).Select(sample => sample.First).Order().ToList();
        var last = samples.SelectMany(list => list).Select(sample => sample.Last).Order().ToList();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{last.Count / elapsed:0}\t{At(first, 0.5):0.000}\t{At(first, 0.99):0.000}\t{At(last, 0.5):0.000}\t{At(last, 0.99):0.000}");
    }

    private static double At(List<double> sorted, double share) => sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * share)];

    private static async Task AskAsync(HttpMessageInvoker client, Uri url, double seconds, List<(double, double)> samples)
    {
        var clock = Stopwatch.StartNew();
        var buffer = new byte[64 << 10];
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            var begun = Stopwatch.GetTimestamp();
            using var request = new HttpRequestMessage(HttpMethod.Get, url);
            using var reply = await client.SendAsync(request, CancellationToken.None);
            if (!reply.IsSuccessStatusCode)
                throw new InvalidOperationException($"{(int)reply.StatusCode} from {url}");
            await using var body = await reply.Content.ReadAsStreamAsync();
            var read = await body.ReadAsync(buffer);
            var first = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
            while (read > 0)
                read = await body.ReadAsync(buffer);
            samples.Add((first, Stopwatch.GetElapsedTime(begun).TotalMilliseconds));
        }
    }
}
