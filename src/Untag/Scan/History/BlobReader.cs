using System.Globalization;
using System.Text;

namespace Untag.Scan.History;

/// <summary>Reads the contents of blobs through one <c>git cat-file --batch</c>.</summary>
/// <param name="start">Starts a git.</param>
/// <param name="digits">Digits of an id.</param>
/// <param name="cancellation">Ends the reading.</param>
internal sealed class BlobReader(Func<GitRun> start, int digits, CancellationToken cancellation) : IDisposable
{
    /// <summary>How many ids are asked for before the first answer is read. Git works ahead while a blob is scanned, and
    /// what is asked fits into the smallest pipe: nobody waits for the other.</summary>
    public const int AskedAtOnceMax = 16;

    private const int DeathsMax = 100;

    private GitRun? run;
    private BufferedStream? answers;
    private int deaths;

    /// <summary>Takes the content of a blob: its place in the list, its size, and the bytes.</summary>
    public delegate void Taker(int index, long size, Stream content);

    /// <summary>Reads blobs in the order given.</summary>
    /// <param name="ids">At most <see cref="AskedAtOnceMax"/>.</param>
    /// <param name="take">Takes each content.</param>
    /// <param name="fail">Takes the place of a blob that cannot be read, and why.</param>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public void Read(IReadOnlyList<ObjectId> ids, Taker take, Action<int, string> fail)
    {
        var next = 0;
        while (next < ids.Count)
        {
            try
            {
                Ask(ids, next);
                for (; next < ids.Count; next++)
                    ReadOne(next, take, fail);
            }
            catch (Exception problem) when (problem is IOException or InvalidDataException)
            {
                // A git that stops over one object is started again for the others.
                cancellation.ThrowIfCancellationRequested();
                fail(next++, $"git stopped at it: {Stopped() ?? problem.Message}");
            }
        }
    }

    public void Dispose() => Stop();

    private void Ask(IReadOnlyList<ObjectId> ids, int from)
    {
        if (run is null)
        {
            if (deaths > DeathsMax)
                throw new IOException("it stopped too often");
            run = start();
            answers = new BufferedStream(run.Output, 64 * 1024);
        }

        var question = new StringBuilder();
        for (var i = from; i < ids.Count; i++)
            question.Append(ids[i].Text(digits)).Append('\n');
        run.Input.Write(Encoding.ASCII.GetBytes(question.ToString()));
        run.Input.Flush();
    }

    private void ReadOne(int index, Taker take, Action<int, string> fail)
    {
        // An id, the type and the size, or an id and "missing".
        var words = ReadLine().Split(' ');
        if (words is [_, "missing"])
        {
            fail(index, "the repository does not hold it");
            return;
        }

        if (words.Length != 3 || !long.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var size))
            throw new InvalidDataException("it gave an answer that is not understood");
        var content = new BoundedStream(answers!, size);
        if (words[1] == "blob")
            take(index, size, content);
        else
            fail(index, $"it is a {words[1]}, not a file");
        content.ReadToEnd();
        if (answers!.ReadByte() != '\n')
            throw new InvalidDataException("it gave more bytes than it said");
    }

    private string ReadLine()
    {
        const int HeaderMax = 200;
        var line = new StringBuilder();
        for (var c = answers!.ReadByte(); c != '\n'; c = answers.ReadByte())
        {
            if (c < 0 || line.Length == HeaderMax)
                throw new InvalidDataException("it gave no answer");
            line.Append((char)c);
        }

        return line.ToString();
    }

    private string? Stopped()
    {
        deaths++;
        var complaint = run?.Complaint();
        Stop();
        return complaint;
    }

    private void Stop()
    {
        run?.Dispose();
        run = null;
        answers = null;
    }
}
