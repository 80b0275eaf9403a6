using System.Globalization;

namespace Untag.Scan.Reading.Models;

/// <summary>Reads the layers of a network in the text form of protobuf: names with values, and blocks in braces.</summary>
internal sealed class PrototxtLayers(ModelNames names, LayerGraph graph)
{
    private readonly Stack<string> blocks = new();
    private readonly List<string> inputs = [];
    private readonly List<string> outputs = [];
    private string layer = "";
    private long size;
    private bool isBroken;

    /// <summary>Reads a text; returns the problem, or null.</summary>
    public string? Read(string text)
    {
        foreach (var line in Lines.Of(text))
        {
            var rest = line.Text.Span;
            if (rest.IndexOf('#') is var mark and >= 0 && !IsQuoted(rest, mark))
            {
                names.Text("remarks", rest[(mark + 1)..].ToString());
                rest = rest[..mark];
            }

            while (!(rest = rest.Trim()).IsEmpty)
                rest = Next(rest);
        }

        return isBroken || blocks.Count > 0 ? "its braces do not match: it is cut off or damaged" : null;
    }

    // Reads one name with its value, one opening or one closing brace; returns what follows.
    private ReadOnlySpan<char> Next(ReadOnlySpan<char> rest)
    {
        if (rest[0] == '}')
        {
            isBroken |= !blocks.TryPop(out var closed);
            if (blocks.Count == 0 && closed is "layer" or "layers")
                CloseLayer();
            return rest[1..];
        }

        var nameEnd = rest.IndexOfAny(" :{}\t");
        if (nameEnd <= 0)
            return nameEnd == 0 ? rest[1..] : [];
        var name = rest[..nameEnd].ToString();
        var behind = rest[nameEnd..].TrimStart(" \t:");
        if (behind.StartsWith("{"))
        {
            blocks.Push(name);
            return behind[1..];
        }

        var isText = !behind.IsEmpty && behind[0] is '"' or '\'';
        var end = isText ? behind[1..].IndexOf(behind[0]) + 2 : behind.IndexOfAny(" }\t");
        if (end <= (isText ? 1 : 0))
            end = behind.Length;
        Keep(name, behind[..end].Trim("\"'").ToString());
        return behind[end..];
    }

    private void Keep(string name, string value)
    {
        var block = blocks.Count > 0 ? blocks.Peek() : "";
        switch ((block, name))
        {
            case ("", "name"):
                names.Name("graph", value);
                break;
            case ("", "input"):
                names.Name(ModelNames.Inputs, value);
                break;
            case ("layer" or "layers", "name"):
                layer = value;
                break;
            case ("layer" or "layers", "bottom"):
                inputs.Add(value);
                break;
            case ("layer" or "layers", "top"):
                outputs.Add(value);
                break;
            case ("inner_product_param", "num_output"):
                size = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0;
                break;
            default:
                if (value.Length > 0 && !char.IsAsciiDigit(value[0]) && value[0] is not ('-' or '.'))
                    names.Text("settings", value);
                break;
        }
    }

    private void CloseLayer()
    {
        graph.Add(new Layer(layer, [.. inputs], [.. outputs], size));
        (layer, size) = ("", 0);
        inputs.Clear();
        outputs.Clear();
    }

    private static bool IsQuoted(ReadOnlySpan<char> line, int at) => line[..at].Count('"') % 2 == 1;
}
