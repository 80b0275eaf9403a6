
namespace Untag.Scan.Reading.Tables.Names;

/// <summary>Reads the labels that the pictures of one folder carry in their names, part by part: <c>asian_0012.jpg</c>,
/// <c>CFD-WM-001.jpg</c>, or <c>26_1_2_20170116.jpg</c>, in which the third part is a race.</summary>
internal static class FileNameLabels
{
    private const int PicturesMin = 8;
    private const int PartsMax = 8;
    private const double MostOf = 0.8;

    /// <summary>The labels; null when the names hold none.</summary>
    /// <param name="names">Names of the pictures, without their folder.</param>
    public static Passage? Read(IReadOnlyList<string> names)
    {
        if (names.Count < PicturesMin)
            return null;
        var header = new TableHeader("file names");
        if (names.Count(name => IsUtkFace(name)) >= MostOf * names.Count)
        {
            // The numbers mean nothing without the naming of this data set, and everything with it.
            header.Add("UTKFace", []);
            foreach (var part in new[] { "age", "gender", "race", "date" })
                header.Add(part, []);
            return header.ToPassage("file names");
        }

        foreach (var labels in LabelsOfParts(names))
            header.Add("", labels);
        return header.ToPassage("file names");
    }

    private static IEnumerable<IReadOnlyList<string>> LabelsOfParts(IReadOnlyList<string> names)
    {
        var parts = new LabelSet[PartsMax];
        foreach (var name in names)
        {
            var stem = Path.GetFileNameWithoutExtension(name.AsSpan());
            var part = 0;
            foreach (var range in stem.SplitAny('_', '-', ' ', '.'))
            {
                if (part == PartsMax)
                    break;
                var word = stem[range].TrimEnd("0123456789");
                if (word.Length > 1)
                    (parts[part] ??= new LabelSet()).Add(word);
                part++;
            }
        }

        foreach (var part in parts)
        {
            // Nothing says that a part is not the name of a person.
            if (part?.Of("") is { Count: > 1 } labels)
                yield return labels;
        }
    }

    // [age]_[gender]_[race]_[date and time].jpg, some with `.jpg.chip` before the ending.
    private static bool IsUtkFace(string name)
    {
        var ending = Path.GetExtension(name).ToLowerInvariant();
        if (ending is not (".jpg" or ".jpeg" or ".png"))
            return false;
        var stem = name[..^ending.Length];
        if (stem.EndsWith(".jpg.chip", StringComparison.Ordinal))
            stem = stem[..^".jpg.chip".Length];
        return stem.Split('_') is [{ Length: >= 1 and <= 3 } age, { Length: 1 } gender, { Length: 1 } race, { Length: >= 8 and <= 17 } date]
            && IsNumber(age) && gender[0] is ('0' or '1') && race[0] is >= '0' and <= '4' && IsNumber(date);
    }

    private static bool IsNumber(string text) => text.All(char.IsAsciiDigit);
}
