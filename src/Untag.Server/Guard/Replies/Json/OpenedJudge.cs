using Untag.Server.Guard.Replies.Names;

namespace Untag.Server.Guard.Replies.Json;

/// <summary>Judges what is too large to be held: the members of an object or a list that was opened, one by one. What could be told only
/// from all of them is told as soon as it can be, and where that is too late, the reply ends.</summary>
/// <param name="pass">The reply.</param>
/// <param name="tape">The member, or the part of what is opened that has come.</param>
/// <param name="judge">Judges what is complete.</param>
/// <param name="path">Where they stand.</param>
internal sealed class OpenedJudge(ReplyPass pass, Tape tape, TreeJudge judge, PathOfNames path)
{
    private string SetRule => pass.Rules.Vocabulary.SetRule;

    /// <summary>True when an object or a list goes as a whole, however large it becomes.</summary>
    /// <param name="frame">It; nothing of it has been written yet.</param>
    /// <param name="around">That in which it stands; null for the whole reply.</param>
    public bool IsLeftOut(Frame frame, Frame? around)
    {
        if (around?.IsDropped == true)
            return true;
        if (frame.Name?.Is(WordRoles.TraitField) == true)
            return pass.Strikes(frame.Name.Rule, path.To(frame.Name));
        if (around is null)
            judge.CheckRoot(tape[0].Type);
        else if (frame.Name is not null ? path.IsUndeclared(frame.Name, tape[0].Type) : path.IsUndeclaredElement(tape[0].Type))
            return pass.Strikes(ReplyPass.Undeclared, path.To(frame.Name));
        if (around is not null && judge.ListsTensors(around.Depth, around.Name))
            return !IsListedTensor();
        var meaning = frame.IsObject ? judge.Opening(0) : default;
        var isGroup = around is not null && IsGroup(around, around.IsObject ? frame.Name : meaning.Label);
        var rule = meaning.Trait ?? (isGroup || (judge.IsTag(meaning.Label) && frame.Name?.Is(WordRoles.Food) != true) ? SetRule : null);
        if (rule is null)
            return false;
        if (around is null)
            TooLate(rule);
        return around is not null && pass.Strikes(rule, path.To(frame.Name));
    }

    /// <summary>Judges a complete member.</summary>
    /// <param name="frame">What it is a member of. The path has gone into it.</param>
    /// <param name="at">Its node.</param>
    public void Member(Frame frame, int at)
    {
        if (frame.IsObject)
        {
            var meaning = judge.Member(at);
            if ((meaning.Trait ?? (judge.IsTag(meaning.Label) ? SetRule : null)) is { } rule)
                TooLate(rule);
            if (IsGroup(frame, tape[at].Name))
                judge.RemoveGroup(at);
        }
        else
        {
            var meaning = judge.Element(at);
            if (judge.ListsTensors(frame.Depth, frame.Name))
                judge.RemoveUnlisted(at);
            if (IsGroup(frame, meaning.Label))
                judge.RemoveGroup(at);
        }
    }

    private bool IsListedTensor()
    {
        var isListed = judge.IsListed(0);
        if (isListed is null)
            TooLate(ReplyPass.UnlistedTensor);
        return isListed != false || !pass.Strikes(ReplyPass.UnlistedTensor, path.To(null));
    }

    // True for a word that must go with those before it.
    private bool IsGroup(Frame frame, ReplyWord? word)
    {
        frame.Labels.Add(word);
        if (frame.Labels.AreTag(path) && frame.Labels.Takes(word))
        {
            if (frame.HasReleasedGroup)
                TooLate(SetRule);
            return true;
        }

        frame.HasReleasedGroup |= word?.Is(WordRoles.Group) == true;
        return false;
    }

    private void TooLate(string rule)
    {
        if (pass.Strikes(rule, path.To(null)))
        {
            throw new ReplyRefusedException(new Refusal(
                RefusalReason.TagInLargeValue,
                $"the reply carries a tag at {path.To(null)}, in a value of more than {pass.Limits.HoldBytes} bytes", [rule]));
        }
    }
}
