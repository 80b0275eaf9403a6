namespace Untag.Scan.Reading.Tables;

/// <summary>Columns whose values say who somebody is, or which picture shows them. Their values are never read.</summary>
internal static class IdentityColumns
{
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "address", "birth", "birthdate", "birthday", "bornon", "caption", "comment", "dateofbirth", "dob", "email",
        "employee", "face", "file", "filename", "firstname", "forename", "fullname", "givenname", "identity", "image",
        "imagename", "img", "imgname", "key", "lastname", "mail", "name", "nickname", "passport", "path", "patient",
        "person", "personname", "phone", "photo", "picture", "ssn", "street", "student", "subject", "subjectname",
        "surname", "telephone", "url", "uri", "user", "username", "video", "voter",
    };

    private static readonly string[] Endings = ["id", "Id", "ID", "path", "Path", "url", "Url", "URL", "filename", "FileName"];

    /// <summary>True when a column of this name holds identities. Of a nested column the last part counts.</summary>
    public static bool Contain(string column)
    {
        var last = column[(column.LastIndexOf('.') + 1)..];
        Span<char> letters = stackalloc char[Math.Min(last.Length, 32)];
        var length = 0;
        foreach (var c in last)
        {
            if (char.IsAsciiLetter(c) && length < letters.Length)
                letters[length++] = char.ToLowerInvariant(c);
        }

        return Names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(letters[..length])
            || Array.Exists(Endings, ending => EndsAsWord(last, ending));
    }

    // `subjectId` and `subject_id` are one; `covid` is not.
    private static bool EndsAsWord(string name, string ending)
    {
        if (!name.EndsWith(ending, StringComparison.Ordinal))
            return false;
        var start = name.Length - ending.Length;
        return start == 0 || char.IsUpper(ending[0]) || !char.IsLetter(ending[0]) || !char.IsLetter(name[start - 1]);
    }
}
