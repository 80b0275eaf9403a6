namespace Untag.Scan.Reading.Models;

/// <summary>Names of one kind, as the tokens of one passage.</summary>
/// <param name="place">What they are, in words.</param>
internal sealed class NameFamily(string place)
{
    // Two lists of one family are no neighbours: the judgement looks a few rows around a word.
    private const int RowsBetweenLists = 12;

    // So many words are a vocabulary, in which every group of people occurs beside every other word.
    private const int VocabularyMin = 5000;

    // What a layer's parts are called in the frameworks; they say nothing, and stand on the layer's own row.
    private static readonly HashSet<string> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        "weight", "weights", "bias", "biases", "kernel", "gamma", "beta", "running_mean", "running_var", "moving_mean",
        "moving_variance", "num_batches_tracked", "scale", "zero_point", "in_proj_weight", "in_proj_bias",
        "kernel:0", "bias:0", "gamma:0", "beta:0", "moving_mean:0", "moving_variance:0", "ReadVariableOp", "read",
    };

    private readonly List<Token> tokens = [];
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private string layer = "";
    private int row;
    private int group;

    public IReadOnlyList<Token> Tokens => tokens;

    public void AddName(string name)
    {
        if (!seen.Add(name))
            return;
        var of = LayerOf(name);
        if (of != layer || row == 0)
            row++;
        layer = of;
        Add(TokenKind.Identifier, name, group: 0);
    }

    public void AddKey(string key)
    {
        row++;
        Add(TokenKind.Key, key, group: 0);
    }

    public void AddLabels(IReadOnlyCollection<string> labels)
    {
        if (labels.Count >= VocabularyMin)
        {
            AddVocabulary(labels);
            return;
        }

        row += tokens.Count > 0 && tokens[^1].Kind != TokenKind.Key ? RowsBetweenLists : 0;
        group++;
        foreach (var label in labels)
        {
            row++;
            Add(TokenKind.Value, label, group);
        }
    }

    private void AddVocabulary(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            row += RowsBetweenLists;
            Add(TokenKind.Value, word, group: 0);
        }
    }

    /// <summary>Adds a line of text; a key before it stays on its row.</summary>
    public void AddLine(TokenKind kind, string line)
    {
        if (tokens.Count == 0 || tokens[^1].Kind != TokenKind.Key)
            row++;
        Add(kind, line, group: 0);
    }

    /// <summary>Adds the tokens of a text that has a structure of its own; every key and every member of a list gets a
    /// row, since such a text often stands on one line.</summary>
    public void AddStructure(IEnumerable<Token> inner)
    {
        var first = group + 1;
        var before = TokenKind.Value;
        foreach (var token in inner)
        {
            if (before != TokenKind.Key || token.Kind == TokenKind.Key)
                row++;
            before = token.Kind;
            group = Math.Max(group, first + token.Group);
            tokens.Add(token with { Line = row, Column = 1, Group = first + token.Group });
        }
    }

    public Passage ToPassage(string format) =>
        new(PassageKind.Model, format, tokens, place)
        {
            LinesAreEntries = true,
            EntryKind = KindOf(place),
        };

    // In a family of any other kind, a key of its own or a text says what there is.
    private static string? KindOf(string place) => place switch
    {
        ModelNames.Outputs => "output",
        ModelNames.Inputs => "input",
        ModelNames.Layers => "layer",
        ModelNames.Weights => "weights",
        "groups" => "group",
        "keys" => "key",
        "columns" => "column",
        "classes" => "class",
        "functions" => "function",
        "signatures" => "signature",
        "attributes" => "attribute",
        "models" => "model",
        _ => null,
    };

    private void Add(TokenKind kind, string text, int group) =>
        tokens.Add(new Token(kind, text.AsMemory(), row, Column: 1, group));

    private static string LayerOf(string name)
    {
        var cut = name.AsSpan().LastIndexOfAny('.', '/');
        return cut > 0 && Parts.Contains(name[(cut + 1)..]) ? name[..cut] : name;
    }
}
