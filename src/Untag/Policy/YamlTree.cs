using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Untag.Policy;

/// <summary>Why a text is not the YAML that Untag reads.</summary>
/// <param name="Line">Line of the file, counted from 1.</param>
/// <param name="Message">What is wrong, without full stop.</param>
/// <param name="Fix">The next step.</param>
internal sealed record YamlError(int Line, string Message, string Fix);

/// <summary>A piece of YAML with the line it stands on. Unlike the parser's own model it keeps doubled keys, so that
/// they can be reported with everything else.</summary>
internal abstract record YamlTree(int Line)
{
    private const int DepthMax = 64;

    /// <summary>A text.</summary>
    internal sealed record Scalar(string Text, int Line) : YamlTree(Line);

    /// <summary>A list.</summary>
    internal sealed record Sequence(IReadOnlyList<YamlTree> Items, int Line) : YamlTree(Line);

    /// <summary>Keys with their values, in the order of the file.</summary>
    internal sealed record Mapping(IReadOnlyList<(Scalar Key, YamlTree Value)> Members, int Line) : YamlTree(Line);

    /// <summary>What stands here, in words.</summary>
    public string Describe() => this switch
    {
        Sequence => "a list",
        Mapping => "a mapping",
        _ => "a text",
    };

    /// <summary>Reads the first document.</summary>
    /// <returns>The tree, null for an empty document; or the error that ended the reading.</returns>
    public static (YamlTree? Tree, YamlError? Error) Parse(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.TryConsume<DocumentStart>(out _))
                return (null, null);
            var tree = Read(parser, 0);
            parser.Consume<DocumentEnd>();
            return parser.Accept<StreamEnd>(out _)
                ? (tree, null)
                : (null, new YamlError(LineOf(parser.Current!), "a second document starts here", "keep one document in the file"));
        }
        catch (YamlException problem)
        {
            return (null, new YamlError(
                (int)problem.Start.Line, $"this is not YAML: {Lower(problem.Message)}", "mend the line, or quote the text on it"));
        }
    }

    private static YamlTree Read(Parser parser, int depth)
    {
        if (depth > DepthMax)
            throw new YamlException(parser.Current!.Start, parser.Current.End, "it is nested too deeply");
        if (parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var scalar))
            return new Scalar(scalar.Value, LineOf(scalar));
        if (parser.TryConsume<SequenceStart>(out var list))
        {
            var items = new List<YamlTree>();
            while (!parser.TryConsume<SequenceEnd>(out _))
                items.Add(Read(parser, depth + 1));
            return new Sequence(items, LineOf(list));
        }

        if (parser.TryConsume<MappingStart>(out var mapping))
        {
            var members = new List<(Scalar, YamlTree)>();
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                if (!parser.TryConsume<YamlDotNet.Core.Events.Scalar>(out var key))
                    throw new YamlException(parser.Current!.Start, parser.Current.End, "a key is a plain word");
                members.Add((new Scalar(key.Value, LineOf(key)), Read(parser, depth + 1)));
            }

            return new Mapping(members, LineOf(mapping));
        }

        throw new YamlException(parser.Current!.Start, parser.Current.End, "aliases are not read: write the value out");
    }

    private static int LineOf(ParsingEvent at) => (int)at.Start.Line;

    private static string Lower(string message)
    {
        var text = message.TrimEnd('.');
        return text.Length == 0 ? "the parser gives no reason" : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
