using Untag.Policy;

namespace Untag.Server.Guard;

/// <summary>The words of a command whose options all have a value.</summary>
internal static class OptionWords
{
    /// <summary>Reads the words.</summary>
    /// <param name="words">As they were typed.</param>
    /// <param name="known">The options that there are.</param>
    /// <param name="command">The command, for messages.</param>
    /// <returns>Each option with its value, in the order in which they were typed.</returns>
    /// <exception cref="ServerError">One is not understood.</exception>
    public static IEnumerable<(string Option, string Value)> Read(IReadOnlyList<string> words, string[] known, string command)
    {
        for (var i = 0; i < words.Count; i += 2)
        {
            var word = words[i];
            if (!known.Contains(word))
                throw new ServerError($"unknown option `{word}`", Spelling.Hint(word, known));
            if (i + 1 == words.Count)
                throw new ServerError($"`{word}` has no value", $"`{command} --help` shows what is understood");
            yield return (word, words[i + 1]);
        }
    }
}
