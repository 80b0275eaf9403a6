using System.Buffers;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>A reply that is one document of JSON. A small one is searched first, and passes unparsed when it holds nothing
/// that a tag could be made of (<c>docs/decisions/0061-clean-replies-are-not-parsed.md</c>).</summary>
internal sealed class JsonBody(JsonSettings settings) : BodyFilter
{
    private readonly HeldBytes first = new();
    private JsonRewriter? rewriter = settings.MustBeParsed ? new JsonRewriter(settings) : null;

    public override bool PassesAsItIs(ReadOnlySpan<byte> body)
    {
        if (rewriter is null && settings.Pass.Rules.Search.IsClean(body))
            return true;
        rewriter ??= new JsonRewriter(settings); // it is not searched twice
        return false;
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
        if (rewriter is null && settings.Pass.Rules.Search.IsClean(first.Span))
        {
            settings.Pass.Output.Write(first.Span);
            return;
        }

        if (rewriter is null)
            Parse();
        rewriter!.End();
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
