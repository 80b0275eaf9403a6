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
        if (frame.Name?.Is(WordRoles.Logprobs) == true && IsTold(around!))
            return pass.Strikes(SetRule, path.To(frame.Name));
        var meaning = frame.IsObject ? judge.Opening(0) : around is { IsObject: false } ? judge.OpeningOfPair(0) : default;
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
    public void Judge(Frame frame, int at)
    {
        var said = judge.Said;
        var meaning = frame.IsObject ? judge.Member(at) : judge.Element(at);
        if (frame.IsObject)
        {
            if ((meaning.Trait ?? (judge.IsTag(meaning.Label) ? SetRule : null)) is { } rule)
                TooLate(rule);
            frame.Labels.Add(tape[at].Name);
            if (frame.Around is { IsObject: false } elements && !judge.LosesAnswer(at, elements.Answers))
                TooLate(SetRule);
        }
        else
        {
            frame.Labels.Add(meaning.Label);
            if (!judge.LosesAnswers(at, frame.Answers))
                TooLate(SetRule);
        }

        // Its label, or that of what may be a pair, comes when its beginning has gone.
        if (frame.Around is { IsObject: false } list && (frame.IsObject || (frame.Members <= TreeJudge.PairLengthMax && TreeJudge.MayLabelPair(meaning.Label)))
            && IsGroup(list, meaning.Label))
            TooLate(SetRule);
        if (judge.Said > said && HasReleasedLogprobs(frame))
            TooLate(SetRule);
    }

    /// <summary>Takes out what must go with others of those that were judged.</summary>
    /// <param name="frame">What it is a member of.</param>
    /// <param name="at">The member's node.</param>
    public void Settle(Frame frame, int at)
    {
        if (frame.IsObject)
        {
            var name = tape[at].Name!;
            if (IsTaken(frame, name) || (name.Is(WordRoles.Logprobs) && IsTold(frame)))
                judge.RemoveGroup(at);
            if (frame.Around is { IsObject: false } elements)
                judge.ReleaseAnswer(at, elements.Answers);
            return;
        }

        if (judge.ListsTensors(frame.Depth, frame.Name))
            judge.RemoveUnlisted(at);
        if (IsTaken(frame, judge.LabelOf(at)))
            judge.RemoveGroup(at);
        judge.ReleaseAnswers(at, frame.Answers);
    }

    private bool IsListedTensor()
    {
        var isListed = judge.IsListed(0);
        if (isListed is null)
            TooLate(ReplyPass.UnlistedTensor);
        return isListed != false || !pass.Strikes(ReplyPass.UnlistedTensor, path.To(null));
    }

    private bool IsGroup(Frame frame, ReplyWord? word)
    {
        frame.Labels.Add(word);
        return IsTaken(frame, word);
    }

    // True for a word that must go with the others.
    private bool IsTaken(Frame frame, ReplyWord? word)
    {
        if (frame.Labels.AreTag(path) && frame.Labels.Takes(word))
        {
            if (frame.HasReleasedGroup || (frame.HasReleasedRest && frame.Labels.IsSet))
                TooLate(SetRule);
            return true;
        }

        frame.HasReleasedGroup |= word?.Is(WordRoles.Group) == true;
        frame.HasReleasedRest |= word?.Is(WordRoles.Rest) == true;
        return false;
    }

    // True when an answer was emptied whose pieces are to be released.
    private bool IsTold(Frame around)
    {
        if (judge.Said > around.SaidBefore)
            return true;
        around.HasReleasedLogprobs = true;
        return false;
    }

    private static bool HasReleasedLogprobs(Frame frame)
    {
        for (var around = frame; around is not null; around = around.Around)
        {
            if (around.HasReleasedLogprobs)
                return true;
        }

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
