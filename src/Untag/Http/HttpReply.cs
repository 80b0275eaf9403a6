using System.Globalization;
using System.Text;

namespace Untag.Http;

/// <summary>The answer to a request over HTTP/1.1 (RFC 9112).</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body.</param>
internal sealed record HttpReply(int Status, byte[] Body)
{
    /// <summary>Bytes that a body may have: more than any note or time stamp.</summary>
    public const int BodyMax = 1 << 20;

    private const int LineMax = 8 << 10;
    private const int LinesMax = 200;

    /// <summary>Reads an answer.</summary>
    /// <exception cref="IOException">It is none, is cut, or is too large.</exception>
    public static async Task<HttpReply> Read(Stream stream, CancellationToken cancellation)
    {
        var input = new Input(stream, cancellation);
        for (var heads = 0; heads < LinesMax; heads++)
        {
            var status = StatusOf(await input.Line());
            var (length, chunked) = await Fields(input);
            if (status is >= 100 and < 200)
                continue; // "go on": the answer is still to come
            using var body = new MemoryStream();
            if (chunked)
                await Chunks(input, body);
            else
                await input.Copy(length ?? BodyMax + 1, body, isWhole: length is null);
            return new HttpReply(status, body.ToArray());
        }

        throw new IOException("it never comes to an answer");
    }

    private static int StatusOf(string line)
    {
        var words = line.Split(' ', 3);
        return words.Length >= 2 && words[0].StartsWith("HTTP/1.", StringComparison.Ordinal)
            && words[1].Length == 3 && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var status) && status >= 100
                ? status
                : throw new IOException("what answers does not speak HTTP/1.1");
    }

    private static async Task<(long? Length, bool Chunked)> Fields(Input input)
    {
        long? length = null;
        var chunked = false;
        for (var lines = 0; lines < LinesMax; lines++)
        {
            var line = await input.Line();
            if (line.Length == 0)
                return (length, chunked);
            var value = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                length = Number(value, NumberStyles.None);
            if (line.StartsWith("Transfer-Encoding:", StringComparison.OrdinalIgnoreCase))
                chunked = value.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? true : throw new IOException("its answer is encoded in an unknown way");
        }

        throw new IOException("its answer has too many lines of header");
    }

    private static async Task Chunks(Input input, MemoryStream body)
    {
        while (Number((await input.Line()).Split(';')[0].Trim(), NumberStyles.AllowHexSpecifier) is > 0 and var size)
        {
            await input.Copy(size, body, isWhole: false);
            if ((await input.Line()).Length > 0)
                throw new IOException("its answer is cut into pieces that do not fit");
        }
    }

    private static long Number(string text, NumberStyles style) =>
        long.TryParse(text, style, CultureInfo.InvariantCulture, out var number) && number >= 0
            ? number
            : throw new IOException("its answer states no length that is one");

    // What comes in, byte by byte, out of a buffer.
    private sealed class Input(Stream stream, CancellationToken cancellation)
    {
        private readonly byte[] buffer = new byte[LineMax];
        private int at;
        private int end;

        public async Task<string> Line()
        {
            var line = new StringBuilder();
            for (var next = await Next(); next != '\n'; next = await Next())
            {
                if (next < 0)
                    throw new IOException("its answer is cut");
                if (line.Length == LineMax)
                    throw new IOException("its answer has a line without end");
                line.Append((char)next);
            }

            return line.ToString().TrimEnd('\r');
        }

        /// <summary>Copies so many bytes, or as many as there are.</summary>
        public async Task Copy(long count, MemoryStream target, bool isWhole)
        {
            for (; count > 0; count--)
            {
                var next = await Next();
                if (next < 0 && isWhole)
                    return;
                if (next < 0)
                    throw new IOException("its answer is cut");
                if (target.Length == BodyMax)
                    throw new IOException("its answer is larger than a mebibyte");
                target.WriteByte((byte)next);
            }
        }

        private async ValueTask<int> Next()
        {
            if (at == end)
                (at, end) = (0, await stream.ReadAsync(buffer, cancellation));
            return end == 0 ? -1 : buffer[at++];
        }
    }
}
