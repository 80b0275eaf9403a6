using System.Buffers;
using System.Text.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Takes fields that say the trait by their names out of a document in which nothing else is met. The rest is not judged, and what
/// stands behind the last one not even read: it is as clean as a document in which nothing is met at all
/// (<c>docs/decisions/0061-clean-replies-are-not-parsed.md</c>).</summary>
internal static class NamedFields
{
    /// <summary>Most places at which something may be met: where it is more, the judge is as fast.</summary>
    public const int PlacesMax = 32;

    /// <summary>Finds them.</summary>
    /// <param name="json">The document, or a value of one: ASCII without escapes.</param>
    /// <param name="places">Where something is met, in order.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="pass">The reply.</param>
    /// <returns>Null when it must be judged, or is no JSON up to the last place.</returns>
    public static IReadOnlyList<Field>? Find(ReadOnlySpan<byte> json, ReadOnlySpan<int> places, PathOfNames path, ReplyPass pass)
    {
        if (places.Length > PlacesMax || json.Length > pass.Limits.TokenBytes)
            return null;
        var fields = new List<Field>(places.Length);
        var steps = new Step[pass.Limits.Depth + 1];
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = pass.Limits.Depth });
        try
        {
            for (var last = 0; !places.IsEmpty; last = (int)reader.BytesConsumed)
            {
                if (!reader.Read())
                    return null;
                if (places[0] < reader.BytesConsumed)
                {
                    if (reader.TokenType != JsonTokenType.PropertyName || At(ref reader, json, steps, path, pass) is not { } field)
                        return null;
                    reader.Skip();
                    field = field with { Begin = last, End = (int)reader.BytesConsumed };
                    if (fields.Exists(other => other.Object == field.Object && other.Name.IsSameAs(field.Name)))
                        return null; // an object that names a field twice is refused
                    fields.Add(field);
                    while (!places.IsEmpty && places[0] < field.End)
                        places = places[1..];
                }
                else if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    steps[reader.CurrentDepth].Name = (int)reader.TokenStartIndex;
                }
                else if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    steps[reader.CurrentDepth + 1] = new Step { Start = (int)reader.TokenStartIndex };
                }
            }

            return fields;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Takes them out and writes the rest.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="json">The document, or the value.</param>
    /// <param name="pass">The reply.</param>
    /// <exception cref="ReplyRefusedException">The route refuses such replies.</exception>
    public static void TakeOut(IReadOnlyList<Field> fields, ReadOnlySpan<byte> json, ReplyPass pass)
    {
        var isTaken = false;
        foreach (var field in fields)
            isTaken = pass.Strikes(field.Name.Rule, field.Where);
        Write(json, isTaken ? fields : [], pass.Output);
    }

    // With the commas that Seam leaves.
    private static void Write(ReadOnlySpan<byte> json, IReadOnlyList<Field> without, IBufferWriter<byte> output)
    {
        var cursor = 0;
        var hasKept = false; // a member of the object that a field stands in
        for (var i = 0; i < without.Count; i++)
        {
            var (begin, end) = (without[i].Begin, without[i].End);
            if (begin != cursor) // else it stands beside the one that was left out before it
                hasKept = json[begin - 1] != '{';
            output.Write(json[cursor..begin]);
            cursor = end;
            var isNextOut = i + 1 < without.Count && without[i + 1].Begin == end;
            if (!hasKept && !isNextOut && json[end..].TrimStart(" \t\r\n"u8) is [(byte)',', ..] rest)
                cursor = json.Length - rest.Length + 1;
        }

        output.Write(json[cursor..]);
    }

    // The field at whose name the reader stands; null when its name does not say enough.
    private static Field? At(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ReadOnlySpan<Step> steps, PathOfNames path, ReplyPass pass)
    {
        var name = pass.Rules.Words.Of(reader.ValueSpan);
        if (!name.Is(WordRoles.TraitField))
            return null;
        var around = steps[1..reader.CurrentDepth];
        foreach (ref readonly var step in around)
            path.Push(step.IsList ? null : pass.Rules.Words.Of(step.NameIn(json)));
        // A race may be a contest, but that of a person is none.
        Field? field = name.Is(WordRoles.AmbiguousName) && !path.Passes(WordRoles.Person)
            ? null
            : new Field(name, path.To(name), steps[reader.CurrentDepth].Start);
        foreach (var _ in around)
            path.Pop();
        return field;
    }

    /// <param name="Name">What it is called.</param>
    /// <param name="Where">Its path.</param>
    /// <param name="Object">Where the object begins that it stands in.</param>
    internal readonly record struct Field(ReplyWord Name, string Where, int Object)
    {
        /// <summary>End of what stands before it.</summary>
        public int Begin { get; init; }

        /// <summary>End of its value.</summary>
        public int End { get; init; }
    }

    /// <summary>An object or a list on the way to where the reader is.</summary>
    private struct Step
    {
        /// <summary>Where it begins.</summary>
        public int Start;

        /// <summary>Where the name of the member begins that the reader is in or behind; 0 in a list.</summary>
        public int Name;

        public readonly bool IsList => Name == 0;

        public readonly ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> json)
        {
            var rest = json[(Name + 1)..];
            return rest[..rest.IndexOf((byte)'"')];
        }
    }
}
