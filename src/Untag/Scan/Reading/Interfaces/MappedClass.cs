namespace Untag.Scan.Reading.Interfaces;

/// <summary>A class that may be a table.</summary>
/// <param name="code">The file.</param>
/// <param name="blocks">Where its blocks end.</param>
/// <param name="keyword">The word that begins the class.</param>
internal readonly struct MappedClass(CodeText code, CodeBlocks blocks, int keyword)
{
    private const int AnnotationTokensMax = 60;

    /// <summary>Marks the class when it is one of a mapping. What its functions do is not what the table holds.</summary>
    public void Mark(TableMapping[] mappings, SectionMarks marks)
    {
        if (blocks.BodyOf(keyword) is not var (first, end))
            return;
        var begin = Array.Exists(mappings, mapping => mapping.Annotations.Length > 0)
            ? BeginOfAnnotations()
            : code.WithDescription(keyword);
        foreach (var mapping in mappings)
        {
            if (!IsOf(mapping, begin, first, end))
                continue;
            var name = TableOf(mapping, begin, end) is { } table ? $"table {table}" : $"model {code.Name(keyword + 1)}";
            marks.Mark(begin, end, name, SectionRole.Stored);
            if (mapping.IsDefinedByFunctions)
                return;
            foreach (var function in blocks.FunctionsIn(first, end))
                marks.Mark(function.First, function.End, name, SectionRole.None);
            return;
        }
    }

    private bool IsOf(TableMapping mapping, int begin, int first, int end)
    {
        if (mapping.Annotations.Length > 0 && HasAnnotation(mapping, begin))
            return true;
        if (mapping.Bases.Length > 0 ? !HasBase(mapping, first) : mapping.BodyHolds.Length == 0)
            return false;
        return mapping.BodyHolds.Length == 0 || MappedCall.Hold(code, first, end, mapping.BodyHolds);
    }

    private bool HasAnnotation(TableMapping mapping, int begin)
    {
        for (var i = begin; i < keyword; i++)
        {
            if (CodeBlocks.IsOneOf(code, i, mapping.Annotations) && (code.IsBehind(i, '@') || code.GroupOf(i).Bracket == '['))
                return true;
        }

        return false;
    }

    private bool HasBase(TableMapping mapping, int first)
    {
        var group = code.Tokens[keyword].Group;
        var bases = blocks.HaveBasesInParentheses ? code.GroupAt(keyword + 1, '(') : group;
        if (bases == 0 && blocks.HaveBasesInParentheses)
            return false;
        var found = false;
        for (var i = keyword + 2; i < first; i++)
        {
            if (CodeBlocks.IsOneOf(code, i, mapping.OtherBases))
                return false;
            found |= code.Tokens[i].Group == bases && CodeBlocks.IsOneOf(code, i, mapping.Bases);
        }

        return found;
    }

    private int BeginOfAnnotations()
    {
        var around = code.GroupOf(keyword);
        var begin = keyword;
        while (begin > around.First && keyword - begin < AnnotationTokensMax && !code.IsBehind(begin, ';')
            && (!code.IsBehind(begin, '}') || code.IsBehind(begin, ')')))
            begin--;
        // Without any, only the comments above belong to the class.
        for (var i = begin; i < keyword; i++)
        {
            if (code.IsBehind(i, '@') || code.GroupOf(i).Bracket == '[')
                return i;
        }

        return code.WithDescription(keyword);
    }

    private string? TableOf(TableMapping mapping, int begin, int end)
    {
        for (var i = begin; i < end && i < begin + CodeBlocks.TokensMax; i++)
        {
            if (CodeBlocks.IsOneOf(code, i, mapping.TableNames) && MappedCall.TextBehind(code, i) is { } text)
                return text;
        }

        return null;
    }
}
