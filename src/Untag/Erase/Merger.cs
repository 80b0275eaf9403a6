using Untag.Audit;
using Untag.Audit.Embeddings;
using Untag.Audit.Judging;

namespace Untag.Erase;

/// <summary>Fits a map on the moments of parts of the people, which <see cref="MomentsFile"/> holds.</summary>
public static class Merger
{
    /// <summary>Fits a map on moments of different people. In whatever order they come, it is the same map to the last bit.</summary>
    /// <exception cref="AuditInputException">A file cannot be used or was made by another question, or there is nothing to erase.</exception>
    public static ErasureMap Merge(MergeRequest request)
    {
        var notes = request.Parts.Select(MomentsFile.ReadNote).ToList();
        var asked = notes[0];
        string[] groups = [.. notes.SelectMany(note => note.Groups.Select(group => group.Group)).Distinct().Order(StringComparer.Ordinal)];
        var (all, people) = (ExactSums.Empty(asked.Dimensions, groups.Length), new long[groups.Length]);
        foreach (var source in request.Parts) // one at a time: there may be many
        {
            var (name, part) = (source.Name, MomentsFile.Read(source));
            if (asked.Difference(part.Note) is { } difference)
            {
                throw new AuditInputException(
                    $"`{name}` was made with another `{difference}` than `{request.Parts[0].Name}`", "merge files that the same options made");
            }

            int[] at = [.. part.Note.Groups.Select(group => Array.IndexOf(groups, group.Group))];
            try
            {
                all.Add(part.Sums, at);
                for (var g = 0; g < at.Length; g++)
                    people[at[g]] = checked(people[at[g]] + part.Note.Groups[g].People);
            }
            catch (OverflowException)
            {
                throw new AuditInputException($"`{name}` cannot be merged: its sums are larger than any part's", "make it again: untag erase fit --partial");
            }
        }

        var eraser = LinearEraser.Fit(
            new ClassMoments(all), new MomentCells(groups.Length, 1), people.Sum(), new EraserShape(request.Shrinks, request.Centres));
        return new ErasureMap(eraser, MapNote.Of(
            eraser, null, request.Centres, asked.FittedOn, [.. groups.Select((group, g) => new MapGroup(group, Disclosure.Rounded(people[g])))]));
    }
}
