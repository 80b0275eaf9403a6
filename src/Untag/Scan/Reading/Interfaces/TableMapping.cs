namespace Untag.Scan.Reading.Interfaces;

/// <summary>The words by which a way of mapping objects to tables is known in source code.</summary>
internal sealed record TableMapping
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The language of <see cref="Languages"/>.</summary>
    public required string Language { get; init; }

    /// <summary>Functions that define or change a table, whose name is their first text.</summary>
    public string[] Calls { get; init; } = [];

    /// <summary>What a function is called on, where its name alone says too little.</summary>
    public string[] CalledOn { get; init; } = [];

    /// <summary>Words of which one stands in the brackets of a call, where its name alone says too little.</summary>
    public string[] CallHolds { get; init; } = [];

    /// <summary>Names of the argument that holds the table's name; the first text holds it otherwise.</summary>
    public string[] TableArguments { get; init; } = [];

    /// <summary>What the calls name: a table, or a model.</summary>
    public string CallNames { get; init; } = "table";

    /// <summary>True when what a function is called on is the model.</summary>
    public bool IsCalledOnModel { get; init; }

    /// <summary>Words of which one annotates a class.</summary>
    public string[] Annotations { get; init; } = [];

    /// <summary>What a class derives from, one of them.</summary>
    public string[] Bases { get; init; } = [];

    /// <summary>Words beside those that make a class something else.</summary>
    public string[] OtherBases { get; init; } = [];

    /// <summary>True when the functions of a class define its table.</summary>
    public bool IsDefinedByFunctions { get; init; }

    /// <summary>Words of which one stands in the body of a class, where what it derives from says too little.</summary>
    public string[] BodyHolds { get; init; } = [];

    /// <summary>Words after which a class tells the name of its table.</summary>
    public string[] TableNames { get; init; } = [];
}
