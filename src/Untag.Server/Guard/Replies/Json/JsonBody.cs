using System.Buffers;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>A reply that is one document of JSON. One that can be held is searched first, and passes unparsed when it holds nothing
/// that a tag could be made of (<c>docs/decisions/0061-clean-replies-are-not-parsed.md</c>); a larger one is filtered while it comes.</summary>
internal sealed class JsonBody(JsonSettings settings) : BodyFilter
{
    private readonly HeldBytes first = new();
    private JsonRewriter? rewriter;

    public override WholeBody Settle(ReadOnlySpan<byte> body)
    {
        if (body.Length > settings.Pass.Limits.HoldBytes)
            return WholeBody.IsTaken;
        if (!settings.MustBeParsed)
        {
            Span<int> places = stackalloc int[NamedFields.PlacesMax];
            var count = settings.Pass.Rules.Search.Find(body, places);
            if (count == 0)
                return WholeBody.Passes;
            if (count > 0 && NamedFields.Find(body, places[..count.Value], new PathOfNames(settings.Outer, settings.Schema), settings.Pass) is { } fields)
            {
                NamedFields.TakeOut(fields, body, settings.Pass);
                return WholeBody.IsWritten;
            }
        }

        WholeDocument.TakeOut(body, settings);
        return WholeBody.IsWritten;
    }

    public override void Take(ReadOnlySpan<byte> bytes)
    {
        if (rewriter is not null)
        {
            rewriter.Take(bytes);
            return;
        }

        first.Add(bytes);
        if (first.Length <= settings.Pass.Limits.HoldBytes)
            return;
        rewriter = new JsonRewriter(settings);
        rewriter.Take(first.Span);
        first.Dispose();
    }

    public override void End()
    {
        if (rewriter is not null)
            rewriter.End();
        else if (Settle(first.Span) == WholeBody.Passes)
            settings.Pass.Output.Write(first.Span);
    }

    public override void Dispose()
    {
        first.Dispose();
        rewriter?.Dispose();
    }
}
