using System.Buffers;
using System.Text.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>A value of JSON, or a part of one, as it lies in the bytes that are held.</summary>
internal struct Node
{
    public JsonTokenType Type;

    /// <summary>True for a text with escapes.</summary>
    public bool IsEscaped;

    /// <summary>True for a tag, whether or not it goes on.</summary>
    public bool IsMet;

    /// <summary>True for a value that does not go on.</summary>
    public bool IsRemoved;

    /// <summary>True for an object or a list that lost something, and for a text that became another.</summary>
    public bool IsChanged;

    /// <summary>True for a list of which labels were taken.</summary>
    public bool LostLabels;

    /// <summary>True for an object of which a text was taken.</summary>
    public bool LostText;

    /// <summary>True for a value of which it is known that nothing in it names a group.</summary>
    public bool NamesNoGroup;

    /// <summary>Number of values in it.</summary>
    public int Count;

    /// <summary>Where its name begins; -1 when it has none.</summary>
    public int NameStart;

    /// <summary>Where it begins.</summary>
    public int Start;

    /// <summary>Where it ends.</summary>
    public int End;

    /// <summary>Index of the node after all that is in it; 0 as long as it is not complete.</summary>
    public int Next;

    /// <summary>Its name; null in a list.</summary>
    public ReplyWord? Name;

    /// <summary>What a changed text became.</summary>
    public byte[]? Replacement;

    /// <summary>True for an object or a list.</summary>
    public readonly bool IsContainer => Type is JsonTokenType.StartObject or JsonTokenType.StartArray;

    /// <summary>Where it begins with its name.</summary>
    public readonly int Begin => NameStart >= 0 ? NameStart : Start;
}

/// <summary>The nodes of the value that is held, each before those inside of it. Their room is used again by the next reply: that of a
/// large one would be garbage of the kind that is collected last.</summary>
internal sealed class Tape : IDisposable
{
    private const int NodesMin = 1024; // those of 5 kB

    private Node[] nodes = ArrayPool<Node>.Shared.Rent(NodesMin);

    public int Count { get; private set; }

    public ref Node this[int index] => ref nodes[index];

    /// <summary>Adds a node with nothing in it: what lies behind the last one is always clear.</summary>
    /// <returns>Its place: what is in it is written there, and not copied.</returns>
    public ref Node Add()
    {
        if (Count == nodes.Length)
            Grow();
        return ref nodes[Count++];
    }

    /// <summary>Forgets the first nodes.</summary>
    public void RemoveFirst(int count)
    {
        nodes.AsSpan(count, Count - count).CopyTo(nodes);
        nodes.AsSpan(Count - count, count).Clear();
        Count -= count;
        foreach (ref var node in nodes.AsSpan(0, Count))
        {
            if (node.Next > 0)
                node.Next -= count;
        }
    }

    /// <summary>Gives the room back, and nothing of the reply in it.</summary>
    public void Dispose()
    {
        nodes.AsSpan(0, Count).Clear();
        ArrayPool<Node>.Shared.Return(nodes);
        (nodes, Count) = ([], 0);
    }

    private void Grow()
    {
        var larger = ArrayPool<Node>.Shared.Rent(2 * nodes.Length);
        nodes.CopyTo(larger, 0);
        nodes.AsSpan().Clear();
        ArrayPool<Node>.Shared.Return(nodes);
        nodes = larger;
    }

    /// <summary>True for an object or a list of which something went or became another.</summary>
    public bool HasChanged(int at)
    {
        for (var i = at + 1; i < nodes[at].Next; i = nodes[i].Next)
        {
            if (nodes[i].IsRemoved || nodes[i].IsChanged)
                return true;
        }

        return false;
    }

    /// <summary>The bytes that are held lost their first ones.</summary>
    public void Shift(int bytes)
    {
        foreach (ref var node in nodes.AsSpan(0, Count))
        {
            node.Start -= bytes;
            node.End -= bytes;
            node.NameStart = node.NameStart < 0 ? -1 : node.NameStart - bytes;
        }
    }
}
