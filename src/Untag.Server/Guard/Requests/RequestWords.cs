using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Requests;

/// <summary>What a word of a request says beside traits and groups; each is a vocabulary of the policy (<c>policy/requests.yaml</c>).</summary>
[Flags]
internal enum RequestSense
{
    /// <summary>Nothing of these.</summary>
    None = 0,

    /// <summary>The field lists what is asked for.</summary>
    Asks = 1,

    /// <summary>It is something that people are put into, or that raises an alert.</summary>
    List = 2,

    /// <summary>The field says what such a thing is called.</summary>
    Naming = 4,

    /// <summary>The field says in an element of a list which of the things listed is meant.</summary>
    Element = 8,

    /// <summary>A person is spoken of.</summary>
    Person = 16,

    /// <summary>The field holds what people write, and nothing is asked in it.</summary>
    Free = 32,
}

/// <summary>Reads the words of the policy that only requests are read by. Made once, used by all requests.</summary>
internal sealed class RequestWords
{
    // These are one word or a few, not a part of something longer: a `model_name` is not the name of a list.
    private const RequestSense WholeNames = RequestSense.Naming | RequestSense.Element;

    private readonly TermMatcher matcher;

    public RequestWords(TagPolicy policy)
    {
        var contexts = policy.Contexts.ToDictionary(context => context.Id, StringComparer.Ordinal);
        matcher = new TermMatcher(policy.Requests.SelectMany(vocabulary => vocabulary.Words.Concat(
            vocabulary.Contexts.SelectMany(id => contexts[id].Words).Select(word => word with { Owner = vocabulary.Id }))));
    }

    /// <summary>All that a text says.</summary>
    /// <param name="text">The name of a field, a part of a path, or a sentence.</param>
    /// <param name="scratch">Buffers of the thread.</param>
    public RequestSense Read(string text, TermMatcher.Scratch scratch)
    {
        var hits = new List<TermHit>();
        matcher.Find(text, scratch, hits);
        var said = RequestSense.None;
        foreach (var hit in hits)
        {
            var sense = SenseOf(hit.Term.Owner);
            if ((sense & WholeNames) == 0 || hit.IsWholeOf(text))
                said |= sense;
        }

        return said;
    }

    /// <summary>True when a text is nothing else than one of these words.</summary>
    public bool Is(string text, RequestSense sense, TermMatcher.Scratch scratch)
    {
        var hits = new List<TermHit>();
        matcher.Find(text, scratch, hits);
        return hits.Exists(hit => SenseOf(hit.Term.Owner) == sense && hit.IsWholeOf(text));
    }

    private static RequestSense SenseOf(string vocabulary) => vocabulary switch
    {
        "asks" => RequestSense.Asks,
        "list" => RequestSense.List,
        "naming" => RequestSense.Naming,
        "element" => RequestSense.Element,
        "person" => RequestSense.Person,
        "free" => RequestSense.Free,
        _ => throw new InvalidOperationException($"no sense is known for `{vocabulary}`"),
    };
}
