using System.Buffers;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>A reply that is one document of JSON. A small one is searched first, and passes unparsed when it holds nothing
/// that a tag could be made of (<c>docs/decisions/0061-clean-replies-are-not-parsed.md</c>).</summary>
internal sealed class JsonBody(JsonSettings settings) : BodyFilter
{
    private const int PlacesMax = 32; // of one that is not judged as a whole

    private readonly HeldBytes first = new();
    private JsonRewriter? rewriter = settings.MustBeParsed ? new JsonRewriter(settings) : null;

    public override WholeBody Settle(ReadOnlySpan<byte> body)
    {
        if (rewriter is not null || body.Length > settings.Pass.Limits.SearchBytes)
            return WholeBody.IsTaken;
        Span<int> places = stackalloc int[PlacesMax];
        var count = settings.Pass.Rules.Search.Find(body, places);
        if (count == 0)
            return WholeBody.Passes;
        if (count > 0 && NamedFields.TryTakeOut(body, places[..count.Value], settings.Pass))
            return WholeBody.IsWritten;
        rewriter = new JsonRewriter(settings); // it is not searched twice
        return WholeBody.IsTaken;
    }

    public override void Take(ReadOnlySpan<byte> bytes)
    {
        if (rewriter is not null)
        {
            rewriter.Take(bytes);
            return;
        }

        first.Add(bytes);
        if (first.Length > settings.Pass.Limits.SearchBytes)
            Parse();
    }

    public override void End()
    {
        if (rewriter is null)
        {
            var settled = Settle(first.Span);
            if (settled == WholeBody.Passes)
                settings.Pass.Output.Write(first.Span);
            if (settled != WholeBody.IsTaken)
                return;
            rewriter!.Take(first.Span);
        }

        rewriter.End();
    }

    public override void Dispose()
    {
        first.Dispose();
        rewriter?.Dispose();
    }

    private void Parse()
    {
        rewriter = new JsonRewriter(settings);
        rewriter.Take(first.Span);
    }
}
