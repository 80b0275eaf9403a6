namespace Untag.Server.Guard.Replies.Names;

/// <summary>Short texts in which nothing was met, such as the path and the headers of an API, which are the same again and again. Safe for
/// concurrent use: two that fall into one slot replace each other.</summary>
internal sealed class CleanTexts
{
    private const int Slots = 1 << 10;
    private const int LettersMax = 128; // longer ones hardly come again

    private readonly string?[] slots = new string?[Slots];

    /// <summary>True for a text that was added, and that no other has replaced since.</summary>
    public bool Has(string text) => text.Length <= LettersMax && slots[SlotOf(text)] == text;

    /// <summary>Remembers a text.</summary>
    public void Add(string text)
    {
        if (text.Length <= LettersMax)
            slots[SlotOf(text)] = text;
    }

    private static int SlotOf(string text) => text.GetHashCode(StringComparison.Ordinal) & (Slots - 1);
}
