using System.Runtime.InteropServices;
using System.Text;

namespace Untag.Scan.Reading.Binaries;

/// <summary>Collects what the sections of a compiled file say, one passage a section.</summary>
/// <param name="format">The name of the format.</param>
/// <param name="within">Which part of the file is read, with a blank after it; empty for the whole.</param>
internal sealed class ImagePassages(string format, string within)
{
    private readonly List<Passage> passages = [];
    private readonly List<string> problems = [];

    /// <summary>What was collected.</summary>
    /// <param name="source">The bytes, which know whether the structure went beyond them.</param>
    public ReadResult Result(BinarySource source)
    {
        if (source.IsCut)
            AddProblem(Outline.CutProblem);
        return new ReadResult(passages, problems.Count == 0 ? null : string.Join("; ", problems));
    }

    /// <summary>Adds a passage of a part that is read by its own reader.</summary>
    public void Add(ReadResult part)
    {
        passages.AddRange(part.Passages);
        if (part.Problem is { } problem)
            AddProblem(problem);
    }

    /// <summary>States what could not be read, once.</summary>
    public void AddProblem(string problem)
    {
        if (!problems.Contains(problem))
            problems.Add(problem);
    }

    /// <summary>Adds tokens, if there are any.</summary>
    public void Add(string inner, IReadOnlyList<Token> tokens)
    {
        if (tokens.Count > 0)
            passages.Add(new Passage(PassageKind.Binary, format, tokens, within + inner));
    }

    /// <summary>Adds names or strings that have no place in the bytes that would say more than their order.</summary>
    public void AddEntries(string inner, EntryList entries)
    {
        if (entries.Tokens.Count > 0)
            passages.Add(new Passage(PassageKind.Binary, format, entries.Tokens, within + inner) { LinesAreEntries = true });
    }

    /// <summary>Adds the text in a section of data: single bytes, and UTF-16 and UTF-32 beside it.</summary>
    public void AddData(string inner, BinarySource source, long offset, long length)
    {
        var runs = new BinaryRuns(RunsIn.Data);
        source.ReadAll(offset, length, runs.Read);
        Demangle(runs.Tokens);
        Add(inner, runs.Tokens);
        foreach (var width in (ReadOnlySpan<int>)[2, 4])
            AddWide(inner, source, offset, length, width);
    }

    /// <summary>Adds the text of an embedded file. A text in a resource of .NET stands after its length, which may look
    /// like a letter.</summary>
    public void AddResource(string inner, BinarySource source, long offset, long length)
    {
        var runs = new BinaryRuns(RunsIn.Data);
        source.ReadAll(offset, length, runs.Read);
        foreach (ref var run in CollectionsMarshal.AsSpan(runs.Tokens))
        {
            if (run.Text.Span[0] == Encoding.UTF8.GetByteCount(run.Text.Span[1..]))
                run = run with { Text = run.Text[1..] };
        }

        Add(inner, runs.Tokens);
        AddWide(inner, source, offset, length, width: 2);
    }

    /// <summary>Adds the text of wide characters in a section.</summary>
    public void AddWide(string inner, BinarySource source, long offset, long length, int width)
    {
        var tokens = new List<Token>();
        var runs = new WideRuns(width);
        source.ReadAll(offset, length, (bytes, at, isLast) => runs.Read(bytes, at, isLast, (text, start) =>
            tokens.Add(new Token(TokenKind.Run, text.AsMemory(), Line: 0, (int)Math.Min(start, int.MaxValue), Group: 0))));
        Add(inner, tokens);
    }

    /// <summary>Adds the text between the instructions of a section.</summary>
    public void AddCode(string inner, BinarySource source, long offset, long length)
    {
        var runs = new BinaryRuns(RunsIn.Code);
        source.ReadAll(offset, length, runs.Read);
        Add(inner, runs.Tokens);
    }

    /// <summary>Adds a table of names, each of which ends with a NUL.</summary>
    public void AddNames(string inner, BinarySource source, long offset, long length)
    {
        var runs = new BinaryRuns(RunsIn.Data);
        source.ReadAll(offset, length, runs.Read);
        Demangle(runs.Tokens);
        foreach (ref var token in CollectionsMarshal.AsSpan(runs.Tokens))
            token = token with { Kind = TokenKind.Identifier };
        Add(inner, runs.Tokens);
    }

    /// <summary>The wide text of a section in UTF-8, a line each.</summary>
    public static void AppendWide(BinarySource source, long offset, long length, int width, StringBuilder text)
    {
        var runs = new WideRuns(width);
        source.ReadAll(offset, length, (bytes, at, isLast) =>
            runs.Read(bytes, at, isLast, (run, _) => text.Append(run).Append('\n')));
    }

    private static void Demangle(List<Token> tokens)
    {
        foreach (ref var token in CollectionsMarshal.AsSpan(tokens))
        {
            if (token.Text.Span[0] is '_' or '?' or '$' && MangledName.Identifiers(token.Text.Span) is { } identifiers)
                token = token with { Kind = TokenKind.Identifier, Text = identifiers.AsMemory() };
        }
    }
}
