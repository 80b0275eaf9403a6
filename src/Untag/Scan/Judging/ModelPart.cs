using Untag.Scan.Reading;

namespace Untag.Scan.Judging;

/// <summary>A part of a model that a term names: an output, a layer, weights.</summary>
/// <param name="Name">Its name: that of a layer stands for those of the layer's own parts.</param>
/// <param name="Kind">What it is, in a word such as <c>output</c>; null where a text of the model speaks of it.</param>
internal readonly record struct ModelPart(string Name, string? Kind)
{
    /// <summary>What an output of the model is.</summary>
    public const string Output = "output";

    /// <summary>What a layer is.</summary>
    public const string Layer = "layer";

    /// <summary>What the numbers of a layer are.</summary>
    public const string Weights = "weights";

    private const string Separators = "/.:"; // between a layer and what it consists of

    /// <summary>How much the place tells a reader: what leaves the model tells most.</summary>
    public int Rank => Kind switch { Output => 4, Layer => 3, Weights => 2, not null => 1, null => 0 };

    /// <summary>The name with one separator instead of those of every framework.</summary>
    public string Plain => string.Create(Name.Length, Name, static (plain, name) =>
    {
        for (var i = 0; i < plain.Length; i++)
            plain[i] = Separators.Contains(name[i], StringComparison.Ordinal) ? '/' : name[i];
    });

    /// <summary>The part that a term names, such as <c>fc_race</c> in <c>/fc_race/MatMul</c> and in
    /// <c>fc_race.weight</c>; null where nothing has a name.</summary>
    public static ModelPart? Of(Passage passage, MetTerm met)
    {
        if (passage.Kind != PassageKind.Model || met.IsRemark)
            return null;
        var name = met.Token.Text.Span;
        var cut = name[met.Hit.End..].IndexOfAny(Separators);
        name = (cut < 0 ? name : name[..(met.Hit.End + cut)]).TrimStart(Separators);
        var kind = met.Token.Kind is TokenKind.Identifier or TokenKind.Key ? passage.EntryKind : null;
        return new ModelPart(MetTerm.Shorten(name.ToString()), kind);
    }

    /// <summary>Where it stands: <c>output race</c>, or in a text of the model <c>attribute model_config, race</c>.</summary>
    /// <param name="around">What the passage is called.</param>
    public string PlaceIn(string? around) =>
        Kind is not null ? $"{Kind} {Name}"
        : around is null ? Name
        : around.EndsWith(Name, StringComparison.Ordinal) ? around
        : $"{around}, {Name}";
}
