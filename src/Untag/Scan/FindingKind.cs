namespace Untag.Scan;

/// <summary>What the place does with the trait. The wire names are those of docs/formats/scan.md.</summary>
public enum FindingKind
{
    /// <summary>Asks a vision API or model for the trait.</summary>
    ApiRequest,

    /// <summary>A field, property or message that carries the trait out.</summary>
    ApiResponse,

    /// <summary>A set of labels that are groups of people.</summary>
    LabelMap,

    /// <summary>A model, head, weights file or score that yields the trait.</summary>
    ModelOutput,

    /// <summary>A column, file name or folder of a data set that labels people with the trait.</summary>
    Dataset,

    /// <summary>A table, column or message field in which the trait is stored.</summary>
    DbSchema,

    /// <summary>Code that fits a model to the trait.</summary>
    Training,

    /// <summary>Shows the trait to somebody.</summary>
    Ui,

    /// <summary>A document that says the product tells the trait.</summary>
    Docs,

    /// <summary>Text inside a binary file.</summary>
    Binary,

    /// <summary>Configuration or infrastructure named after the trait.</summary>
    Config,

    /// <summary>A gallery, watch-list, rule or query named after a group.</summary>
    Watchlist,

    /// <summary>Accepts findings, and is not in force or not needed.</summary>
    Allowance,
}
