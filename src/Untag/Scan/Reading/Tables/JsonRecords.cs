namespace Untag.Scan.Reading.Tables;

/// <summary>Finds records in JSON: many objects of one kind, each about a person or a picture. Of them only the keys are
/// read, each once, and the labels of keys that hold few, as in a table. An object that stands for itself stays as it
/// is.</summary>
/// <param name="groups">All objects and arrays by their number; the first is the file.</param>
/// <param name="tokens">All tokens, in the order of the file.</param>
internal sealed class JsonRecords(List<TokenGroup> groups, List<Token> tokens)
{
    private const int SamplesMin = 2;
    private const int LinesMin = 4;
    private const int RecordsMin = 50; // so many of one kind are data, whatever their keys are

    // Keys that settings and lists of labels do not have.
    private static readonly HashSet<string> SampleKeys = new(StringComparer.Ordinal)
    {
        "annotator", "bbox", "birthdate", "birthday", "dateofbirth", "dob", "email", "embedding", "faceid", "filename",
        "firstname", "fullname", "identity", "image", "imagefile", "imageid", "imagename", "imagepath", "imageurl", "img",
        "imgid", "imgname", "imgpath", "imgurl", "landmarks", "lastname", "patientid", "personid", "phone", "photo",
        "picture", "subjectid", "surname", "userid",
    };

    // Lists that enumerate, however long they are.
    private static readonly HashSet<string> ListKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        "attributes", "categories", "choices", "classes", "columns", "enum", "features", "fields", "labels", "members",
        "names", "options", "parameters", "properties", "rules", "tags", "values",
    };

    private readonly Dictionary<int, int> objects = [];
    private readonly Dictionary<int, int> samples = [];
    private readonly HashSet<int> mixed = [];
    private readonly Dictionary<int, int> keys = [];
    private readonly Dictionary<int, HashSet<string>> differentKeys = [];

    /// <summary>The tokens with each list of records replaced by its keys and labels; the tokens themselves when there is
    /// none.</summary>
    public List<Token> Replaced()
    {
        CountMembers();
        var lists = objects.Keys.Where(IsListOfRecords).ToHashSet();
        if (lists.Count == 0)
            return tokens;
        var listOf = ListsOfGroups(lists);
        var tables = new Dictionary<int, RecordTable>();
        var kept = new List<(Token? Token, RecordTable? Table)>();
        for (var i = 0; i < tokens.Count; i++)
        {
            var list = listOf[tokens[i].Group];
            if (list < 0)
            {
                kept.Add((tokens[i], null));
                continue;
            }

            if (!tables.TryGetValue(list, out var table))
            {
                tables[list] = table = new RecordTable(samples.GetValueOrDefault(list) > 0);
                kept.Add((null, table));
            }

            AddTo(table, i, list);
        }

        var next = groups.Count;
        var all = new List<Token>();
        foreach (var (token, table) in kept)
        {
            if (table is not null)
                table.AddTo(all, ref next);
            else
                all.Add(token!.Value);
        }

        return all;
    }

    private void CountMembers()
    {
        var isSample = new HashSet<int>();
        foreach (var token in tokens)
        {
            if (groups[token.Group].IsArray)
            {
                mixed.Add(token.Group);
            }
            else if (token.Kind == TokenKind.Key && groups[groups[token.Group].Parent] is { IsArray: true })
            {
                CountKey(groups[token.Group].Parent, token.Text.ToString());
                if (IsSampleKey(token.Text.Span))
                    isSample.Add(token.Group);
            }
        }

        for (var group = 1; group < groups.Count; group++)
        {
            var parent = groups[group].Parent;
            if (groups[group].IsArray || !groups[parent].IsArray)
                continue;
            objects[parent] = objects.GetValueOrDefault(parent) + 1;
            if (isSample.Contains(group))
                samples[parent] = samples.GetValueOrDefault(parent) + 1;
        }
    }

    private void CountKey(int list, string key)
    {
        keys[list] = keys.GetValueOrDefault(list) + 1;
        if (!differentKeys.TryGetValue(list, out var different))
            differentKeys[list] = different = new HashSet<string>(StringComparer.Ordinal);
        different.Add(key);
    }

    private bool IsListOfRecords(int list)
    {
        var count = objects[list];
        // Records are of one kind: most of them have most of the keys.
        if (mixed.Contains(list) || !differentKeys.TryGetValue(list, out var different)
            || (long)different.Count * count > 2L * keys[list])
            return false;
        if (count >= SamplesMin && samples.GetValueOrDefault(list) * 2 >= count)
            return true;
        if (list == 0)
            return count >= LinesMin;
        return count >= RecordsMin
            && (groups[list].Key < 0 || !ListKeys.Contains(tokens[groups[list].Key].Text.ToString()));
    }

    // For each group the outermost list of records that it lies in; -1 for none.
    private int[] ListsOfGroups(HashSet<int> lists)
    {
        var listOf = new int[groups.Count];
        listOf[0] = -1;
        for (var group = 1; group < groups.Count; group++)
        {
            var parent = groups[group].Parent;
            listOf[group] = listOf[parent] >= 0 ? listOf[parent]
                : !groups[group].IsArray && lists.Contains(parent) ? parent
                : -1;
        }

        return listOf;
    }

    private void AddTo(RecordTable table, int index, int list)
    {
        var token = tokens[index];
        if (token.Kind == TokenKind.Key)
            table.AddKey(PathOf(token.Group, list) + '.' + token.Text, token);
        else if (token.Kind == TokenKind.Value)
            table.AddValue(PathOfValue(index, list), token.Text.Span);
    }

    // A string stands behind its key, or in an array that stands behind one.
    private string PathOfValue(int index, int list)
    {
        var group = tokens[index].Group;
        return !groups[group].IsArray && index > 0 && tokens[index - 1] is { Kind: TokenKind.Key } key
                && key.Group == group
            ? PathOf(group, list) + '.' + key.Text
            : PathOf(group, list);
    }

    private string PathOf(int group, int list)
    {
        var path = "";
        for (; group != list && groups[group].Parent != list; group = groups[group].Parent)
        {
            if (groups[group].Key >= 0)
                path = $".{tokens[groups[group].Key].Text}{path}";
        }

        return path;
    }

    private static bool IsSampleKey(ReadOnlySpan<char> key)
    {
        Span<char> letters = stackalloc char[16];
        var length = 0;
        foreach (var c in key)
        {
            if (c is '_' or '-' or ' ')
                continue;
            if (length == letters.Length)
                return false;
            letters[length++] = char.ToLowerInvariant(c);
        }

        return SampleKeys.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters[..length]);
    }
}
