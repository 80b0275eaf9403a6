using Untag.Policy;
using Untag.Scan.Matching;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies;

/// <summary>A policy made ready to judge replies: built once, shared by all replies, swapped whole.</summary>
public sealed class ReplyRules
{
    private ReplyRules(TagPolicy policy)
    {
        var vocabulary = new ReplyVocabulary(policy);
        var matcher = new TermMatcher(vocabulary.Terms.Concat(vocabulary.Words));
        Vocabulary = vocabulary;
        Words = new KnownWords(() => new WordReader(vocabulary, matcher));
        PolicyDigest = policy.Digest;
    }

    /// <summary>The digest of the policy.</summary>
    public string PolicyDigest { get; }

    internal ReplyVocabulary Vocabulary { get; }

    /// <summary>What names and labels say.</summary>
    internal KnownWords Words { get; }

    /// <summary>Tells that bytes hold nothing that any shape could be made of.</summary>
    internal CleanSearch Search => Vocabulary.Search;

    /// <summary>The rules of a policy: the names, groups and known identifiers of its forbidden traits.</summary>
    public static ReplyRules Of(TagPolicy policy) => new(policy);
}
