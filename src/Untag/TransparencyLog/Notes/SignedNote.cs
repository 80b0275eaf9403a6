using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace Untag.TransparencyLog.Notes;

/// <summary>A text with signatures, in the form of C2SP signed-note. What it says counts only when a key that its reader
/// trusts has signed it.</summary>
/// <param name="Text">The text with its last line end, over which the signatures go.</param>
/// <param name="Signatures">One or more.</param>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>Bytes that a note may have: 100 signatures of the largest kind, and room for the text.</summary>
    public const int BytesMax = 1 << 20;

    private const int SignaturesMax = 100;
    private const string Dash = "— ";

    /// <summary>Reads a note.</summary>
    /// <exception cref="FormatException">It is no note; the message says why.</exception>
    public static SignedNote Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > BytesMax)
            throw new FormatException("the note is larger than a mebibyte");
        if (!Utf8.IsValid(bytes))
            throw new FormatException("the note is not UTF-8");
        var note = Encoding.UTF8.GetString(bytes);
        foreach (var character in note)
        {
            if (character < ' ' && character != '\n')
                throw new FormatException("the note holds a control character");
        }

        var end = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0)
            throw new FormatException("the note has no empty line before its signatures");
        if (!note.EndsWith('\n') || end + 2 == note.Length)
            throw new FormatException("the note has no signature, or it is cut");
        var lines = note[(end + 2)..^1].Split('\n');
        if (lines.Length > SignaturesMax)
            throw new FormatException($"the note has more than {SignaturesMax} signatures");
        return new SignedNote(note[..(end + 1)], [.. lines.Select(Line)]);
    }

    /// <summary>The same note with one more signature, in place of an older one of the same key.</summary>
    /// <exception cref="InvalidOperationException">It has as many as a note may have.</exception>
    public SignedNote With(NoteSignature signature)
    {
        var others = Signatures.Where(other => other.Name != signature.Name || other.KeyId != signature.KeyId).ToList();
        return others.Count < SignaturesMax
            ? this with { Signatures = [.. others, signature] }
            : throw new InvalidOperationException($"a note has at most {SignaturesMax} signatures");
    }

    /// <summary>The note as it is written.</summary>
    public override string ToString()
    {
        var note = new StringBuilder(Text).Append('\n');
        foreach (var (name, id, bytes) in Signatures)
        {
            var signature = new byte[sizeof(uint) + bytes.Length];
            BinaryPrimitives.WriteUInt32BigEndian(signature, id);
            bytes.Span.CopyTo(signature.AsSpan(sizeof(uint)));
            note.Append(Dash).Append(name).Append(' ').Append(Convert.ToBase64String(signature)).Append('\n');
        }

        return note.ToString();
    }

    /// <summary>True for what may name a key: no spaces and no plus.</summary>
    internal static bool IsKeyName(string name) =>
        name.Length > 0 && !name.Any(character => char.IsWhiteSpace(character) || char.IsControl(character) || character == '+');

    private static NoteSignature Line(string line)
    {
        var parts = line.StartsWith(Dash, StringComparison.Ordinal) ? line[Dash.Length..].Split(' ') : [];
        if (parts.Length != 2 || !IsKeyName(parts[0]) || StrictBase64.Decode(parts[1]) is not { Length: > sizeof(uint) } bytes)
            throw new FormatException("a line under the note is no signature");
        return new NoteSignature(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(sizeof(uint)));
    }
}
