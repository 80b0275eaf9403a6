using Untag.Server.Guard.Replies.Contracts;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>What JSON is judged with.</summary>
/// <param name="Pass">The reply.</param>
internal sealed record JsonSettings(ReplyPass Pass)
{
    /// <summary>Names of the tensors that may pass; null when none are listed.</summary>
    public IReadOnlySet<string>? Tensors { get; init; }

    /// <summary>What is declared; null without a contract.</summary>
    public Schema? Schema { get; init; }

    /// <summary>True when the answers of a language model come in pieces, and are judged when they are put together.</summary>
    public bool LeavesAnswers { get; init; }

    /// <summary>True when the answers of a language model are taken out whatever they say.</summary>
    public bool EmptiesAnswers { get; init; }

    /// <summary>True when the pieces of an answer are held until it is complete, not only until its sentence is.</summary>
    public bool HoldsAnswersUntilDone { get; init; }

    /// <summary>True when more is asked than that nothing of the policy is there.</summary>
    public bool MustBeParsed => Tensors is not null || Schema is not null || EmptiesAnswers;

    /// <summary>In how many texts this JSON stands.</summary>
    public int NestedIn { get; init; }

    /// <summary>The path of the text that holds it; empty for the reply itself.</summary>
    public string Outer { get; init; } = "";
}
