using Untag.Scan.Reading.Interfaces;

namespace Untag.Scan.Reading;

/// <summary>Reads source code of the languages in <see cref="Languages"/>.</summary>
internal sealed class CodeReader : IReader
{
    public string Name => "source code";

    public string Reads => "identifiers, strings and comments, as the language tells them apart";

    public bool Recognises(string path, string text) => Languages.Of(path, text) is not null;

    public ReadResult Read(string path, string text)
    {
        var language = Languages.Of(path, text)!;
        var code = CodeLexer.ReadText(language, text);
        return new ReadResult(
            [new Passage(language.Kind, language.Name, code.Tokens) { Sections = CodeFormats.SectionsOf(language, code) }]);
    }
}
