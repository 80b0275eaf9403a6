using System.Buffers;
using System.Text.Json;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Takes the tags out of a document of JSON that lies there as a whole.</summary>
internal static class WholeDocument
{
    /// <summary>Takes them out and writes the rest.</summary>
    /// <param name="json">The document.</param>
    /// <param name="settings">What it is judged with.</param>
    /// <exception cref="ReplyRefusedException">It must not pass.</exception>
    public static void TakeOut(ReadOnlySpan<byte> json, JsonSettings settings)
    {
        if (json.Length > settings.Pass.Limits.HoldBytes)
        {
            using var rewriter = new JsonRewriter(settings);
            rewriter.Take(json);
            rewriter.End();
        }
        else if (!json.IsEmpty) // no content is no JSON, and nothing to inspect
        {
            TakeOutOfHeld(json, settings);
        }
    }

    private static void TakeOutOfHeld(ReadOnlySpan<byte> json, JsonSettings settings)
    {
        using var held = new HeldBytes();
        using var tape = new Tape();
        held.Add(json);
        var reader = new TapeReader(tape, settings.Pass);
        reader.Begin(new HeldValue(Name: null, NameStart: -1, JsonStart.MarkBytes(json)));
        try
        {
            reader.Read(json, int.MaxValue, isLast: true);
        }
        catch (JsonException)
        {
            throw Refusal.Malformed();
        }

        new TreeJudge(settings, tape, held, new PathOfNames(settings.Outer, settings.Schema)).Root(at: 0);
        var output = settings.Pass.Output;
        output.Write(json[..tape[0].Start]);
        TreeWriter.Value(tape, at: 0, json, output);
        output.Write(json[tape[0].End..]);
    }
}
