using Untag.Scan.Judging;
using Untag.Scan.Reading.Tables;
using Untag.Scan.Reading.Tables.Names;

namespace Untag.Scan;

/// <summary>Merges what is found in the files that stand beside the pictures of a data set, one for each picture: an
/// annotation by the picture's name, a sample of a WebDataset. They are the rows of a table that is a folder: a report
/// names the folder and what they say, never one of them, and says it once.</summary>
internal static class SampleFiles
{
    /// <summary>What the labels of annotations are a passage of.</summary>
    public const string AnnotationsLanguage = "annotations";

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
        var pictures = StemsOfPictures(results);
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

    /// <summary>True for a file that can say what a picture shows.</summary>
    public static bool MayBeAnnotation(string path) => Annotations.Contains(Path.GetExtension(path));

    /// <summary>True for an annotation that is read whatever it holds: a word such as <c>black</c> is a group of people
    /// only beside those of the other annotations.</summary>
    public static bool MayNameLabel(string path, ReadOnlySpan<byte> bytes)
    {
        const int ClassBytesMax = 64;
        const int HeadBytes = 512;
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".cls" => bytes.Length <= ClassBytesMax,
            ".xml" => bytes[..Math.Min(bytes.Length, HeadBytes)].IndexOf("<annotation"u8) >= 0,
            _ => false,
        };
    }

    /// <summary>The groups of people that the annotations of a folder name one by one: each says no more than a word, all
    /// together are the labels of a data set.</summary>
    public static List<NamedFolder> LabelsOf(List<FileResult> results)
    {
        var places = new SortedDictionary<string, (int Files, SortedSet<string> Labels)>(StringComparer.Ordinal);
        var pictures = StemsOfPictures(results);
        foreach (var result in results)
        {
            if (result.Labels.Count == 0 || !(IsAnnotation(result.Path) || pictures.Contains(Stem(result.Path))))
                continue;
            var folder = FolderOf(result.Path);
            var (files, labels) = places.TryGetValue(folder, out var place) ? place : (0, new SortedSet<string>(StringComparer.Ordinal));
            labels.UnionWith(result.Labels);
            places[folder] = (files + 1, labels);
        }

        var folders = new List<NamedFolder>();
        foreach (var (folder, (files, labels)) in places)
        {
            if (files < SamplesMin || labels.Count < 2)
                continue;
            var header = new TableHeader(AnnotationsLanguage);
            header.Add("", [.. labels]);
            folders.Add(new NamedFolder(folder, [header.ToPassage($"labels of {files} annotations")!]));
        }

        return folders;
    }

    // Annotations often come without their pictures. Of these endings a folder has many only when they are that.
    private static bool IsAnnotation(string path) =>
        Path.GetExtension(path).ToLowerInvariant() is ".xml" or ".cls";

    private static HashSet<string> StemsOfPictures(List<FileResult> results) =>
        results.Where(result => Pictures.Contains(Path.GetExtension(result.Path)))
            .Select(result => Stem(result.Path)).ToHashSet(StringComparer.Ordinal);

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
            Kind = candidate.Kind == FindingKind.Config ? FindingKind.Dataset : candidate.Kind,
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
        if (candidate.Shape == Shape.Name)
            moved.Add("beside-pictures", inner);
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
