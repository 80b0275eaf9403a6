using Untag.Scan.Judging;

namespace Untag.Scan;

/// <summary>Merges what is found in the files that stand beside the pictures of a data set, one for each picture: an
/// annotation by the picture's name, a sample of a WebDataset. They are the rows of a table that is a folder: a report
/// names the folder and what they say, never one of them, and says it once.</summary>
internal static class SampleFiles
{
    private const int SamplesMin = 4;

    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".npy", ".mp4",
    };

    private static readonly HashSet<string> Annotations = new(StringComparer.OrdinalIgnoreCase)
    {
        ".json", ".xml", ".txt", ".yaml", ".yml", ".cls", ".pts",
    };

    /// <summary>The results in their order, with the places in annotations moved to their folder.</summary>
    public static List<FileResult> Merge(List<FileResult> results)
    {
        var pictures = results.Where(result => Pictures.Contains(Path.GetExtension(result.Path)))
            .Select(result => Stem(result.Path)).ToHashSet(StringComparer.Ordinal);
        if (pictures.Count == 0)
            return results;
        var merged = new List<FileResult>(results.Count);
        var places = new Dictionary<(string Folder, string Ending), List<FileResult>>();
        foreach (var result in results)
        {
            var ending = Path.GetExtension(result.Path);
            if (result.Candidates.Count > 0 && Annotations.Contains(ending) && pictures.Contains(Stem(result.Path)))
            {
                var key = (FolderOf(result.Path), ending.ToLowerInvariant());
                if (!places.TryGetValue(key, out var samples))
                    places[key] = samples = [];
                samples.Add(result);
            }
        }

        var moved = places.Where(place => place.Value.Count >= SamplesMin).ToList();
        var rows = moved.SelectMany(place => place.Value).ToHashSet<FileResult>(ReferenceEqualityComparer.Instance);
        foreach (var result in results)
            merged.Add(rows.Contains(result) ? result with { Candidates = [] } : result);
        foreach (var ((folder, ending), samples) in moved)
            AddTo(merged, samples, folder, ending);
        return merged;
    }

    // The places belong to no file of their own: they are heard with the first of the files, at the folder's path.
    private static void AddTo(List<FileResult> merged, List<FileResult> samples, string folder, string ending)
    {
        var seen = new HashSet<(Shape, string, FindingKind, string)>();
        var candidates = new List<Candidate>();
        foreach (var candidate in samples.SelectMany(sample => sample.Candidates))
        {
            if (seen.Add((candidate.Shape, candidate.Trait, candidate.Kind, candidate.Match.ToUpperInvariant())))
                candidates.Add(At(candidate, folder, $"{samples.Count} files *{ending} beside pictures"));
        }

        var first = merged.FindIndex(result => result.Path == samples[0].Path);
        merged[first] = merged[first] with { Candidates = candidates };
    }

    private static Candidate At(Candidate candidate, string folder, string inner)
    {
        var moved = new Candidate
        {
            Shape = candidate.Shape,
            Trait = candidate.Trait,
            Kind = candidate.Kind,
            Class = candidate.Class,
            Path = folder,
            Line = 0,
            Column = 0,
            Inner = inner,
            Match = candidate.Match,
            Surroundings = candidate.Match,
            IsRemark = candidate.IsRemark,
            TellsOfProduct = candidate.TellsOfProduct,
            TellsOfInference = candidate.TellsOfInference,
        };
        moved.Seen.AddRange(candidate.Seen);
        return moved;
    }

    // Pascal VOC keeps pictures and annotations in folders side by side.
    private static string Stem(string path)
    {
        var folder = FolderOf(path);
        var name = Path.GetFileNameWithoutExtension(path[(path.LastIndexOf('/') + 1)..]);
        var last = folder[(folder.LastIndexOf('/') + 1)..];
        return last is "Annotations" or "JPEGImages" or "annotations" or "images" or "labels"
            ? $"{folder[..Math.Max(0, folder.LastIndexOf('/'))]}/{name}"
            : $"{folder}/{name}";
    }

    private static string FolderOf(string path)
    {
        var cut = path.LastIndexOf('/');
        return cut < 0 ? "." : path[..cut].TrimEnd('!');
    }
}
