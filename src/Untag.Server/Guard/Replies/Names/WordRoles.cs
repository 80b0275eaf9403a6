namespace Untag.Server.Guard.Replies.Names;

/// <summary>What a short text can be in a reply.</summary>
[Flags]
internal enum WordRoles
{
    /// <summary>Nothing that matters here.</summary>
    None = 0,

    /// <summary>As the name of a field it says that the field carries the trait.</summary>
    TraitField = 1,

    /// <summary>As a label it names the trait: <c>{"name": "race"}</c>.</summary>
    TraitLabel = 2,

    /// <summary>As a label it names the trait in words that mean hardly anything else: <c>ethnicity</c>.</summary>
    SureTraitLabel = 4,

    /// <summary>It names a group of people and nothing else, in words that can mean other things: <c>black</c>.</summary>
    Group = 8,

    /// <summary>It names a group of people in words that mean hardly anything else.</summary>
    SureGroup = 16,

    /// <summary>It stands for all other groups: <c>other</c>.</summary>
    Rest = 32,

    /// <summary>A field of this name says what the object around it is about: <c>name</c>, <c>type</c>, <c>vocab_id</c>.</summary>
    Key = 64,

    /// <summary>A field of this name holds a label: <c>label</c>, <c>name</c>, <c>class</c>.</summary>
    Label = 128,

    /// <summary>It speaks of food, which is called after peoples as well.</summary>
    Food = 256,

    /// <summary>A field of this name holds what a language model answers.</summary>
    Talk = 512,

    /// <summary>In an answer, a field of this name holds its text.</summary>
    Spoken = 1024,

    /// <summary>A field of this name holds the text of an answer again, token by token.</summary>
    Logprobs = 2048,

    /// <summary>It names the trait together with its value: <c>race: asian</c>, <c>RACE_BLACK</c>, <c>race=3</c>.</summary>
    Telling = 4096,

    /// <summary>A field of this name holds what was found, or how sure that is: <c>prediction</c>, <c>argmax</c>.</summary>
    Found = 8192,

    /// <summary>A field of this name holds what a model says of a picture, wherever it stands: <c>caption</c>.</summary>
    Caption = 16384,

    /// <summary>A field of this name holds what is called after peoples as well: languages, surnames, words that were read.</summary>
    Thing = 1 << 15,

    /// <summary>It names a group by a colour, which no cuisine and no language is called after.</summary>
    Colour = 1 << 16,

    /// <summary>The trait that it names has another meaning: <c>race</c>, <c>Rasse</c>.</summary>
    AmbiguousName = 1 << 17,

    /// <summary>It speaks of a contest.</summary>
    Contest = 1 << 18,

    /// <summary>It speaks of animals.</summary>
    Breed = 1 << 19,

    /// <summary>It speaks of a person or a face.</summary>
    Person = 1 << 20,

    /// <summary>It names another attribute of a face: <c>age</c>.</summary>
    FaceAttribute = 1 << 21,

    /// <summary>A field of this name tells where something is or how large: its numbers belong to no labels.</summary>
    Measure = 1 << 22,

    /// <summary>A field of this name tells where a word was read, or what kind of word it is.</summary>
    Written = 1 << 23,

    /// <summary>It bears on what the labels or names of fields beside it mean: among groups, a colour is one.</summary>
    Company = Group | SureGroup | Rest | Colour | Food,
}
