using System.Collections.Frozen;
using System.Text;
using Untag.Scan.Matching;
using Untag.Server.Guard.Replies;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Requests;

/// <summary>What a reply must not tell, a request must not ask for: reads names and values as those of a reply are read. Most say nothing,
/// which is told without reading them.</summary>
/// <param name="replies">What words of replies say.</param>
internal sealed class ReplyWords(ReplyRules replies)
{
    private const int BytesMax = 4 << 10;

    // Words beside a trait that make it what a model, or a path, is for: `race-classifier`, `race_net`.
    private static readonly string[] Computing =
    [
        "model", "models", "net", "network", "cnn", "resnet", "vit", "classification", "classify", "estimation", "analysis", "analyze", "analyse",
        "attribute", "attributes", "recognize", "recognise", "detect", "identify", "identification", "labels", "api",
    ];

    // Under these names stand words of people, not words about them.
    private static readonly string[] OfPersons =
        ["name", "surname", "firstname", "lastname", "subject", "person", "title", "description", "language", "lang", "locale", "country", "text"];

    private readonly FrozenSet<string> attributes = replies.Vocabulary.Policy.Contexts.Where(context => context.Id == "face-attribute")
        .SelectMany(context => context.Words).Select(word => word.Text).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True for the name of another attribute of a face, such as <c>age</c>.</summary>
    public bool IsFaceAttribute(string item) => attributes.Contains(item);

    /// <summary>True for a name that holds a trait, whatever else it holds.</summary>
    public bool IsTraitField(string name) => WordOf(name)?.Is(WordRoles.TraitField) == true;

    /// <summary>True for a name of a model, or a part of a path, that is about a trait: <c>race-classifier</c>.</summary>
    public bool ComputesTrait(string name) => WordOf(name) is { } word && word.Is(WordRoles.TraitField)
        && (word.Is(WordRoles.Found) || HasWordOf(name, Computing));

    /// <summary>True for a text that names a trait with its value: <c>race == 'asian'</c>.</summary>
    public bool Tells(string text) => WordOf(text)?.Is(WordRoles.Telling) == true;

    /// <summary>True for a text that names a group in words that mean hardly anything else.</summary>
    public bool NamesGroup(string text) => IsSaid(text) && replies.Words.SayingOf(text) == Saying.Group;

    /// <summary>True where people are picked by group: the whole text is one, or it speaks of a person of one.</summary>
    /// <param name="name">Name of the field.</param>
    /// <param name="text">Its value.</param>
    public bool PicksGroup(string name, string text)
    {
        if (!IsSaid(text) || replies.Words.Of(Encoding.UTF8.GetBytes(name)).Is(WordRoles.Food))
            return false;
        return (!HasWordOf(name, OfPersons) && WordOf(text)?.Is(WordRoles.SureGroup) == true) || replies.Words.SpeakOfPersonInGroup(text);
    }

    private static bool HasWordOf(string name, string[] known)
    {
        var places = new List<Word>();
        Words.Split(name, places);
        return places.Exists(place => known.Contains(name.Substring(place.Start, place.Length), StringComparer.OrdinalIgnoreCase));
    }

    private ReplyWord? WordOf(string text) => IsSaid(text) ? replies.Words.Of(Encoding.UTF8.GetBytes(text)) : null;

    private bool IsSaid(string text)
    {
        if (text.Length is 0 or > BytesMax / 4)
            return false;
        Span<byte> bytes = stackalloc byte[BytesMax];
        return Encoding.UTF8.TryGetBytes(text, bytes, out var count) && !replies.Search.IsClean(bytes[..count]);
    }
}
