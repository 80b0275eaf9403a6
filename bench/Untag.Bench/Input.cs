using System.Text;
using Untag.Scan.Matching;

namespace Untag.Bench;

/// <summary>What the matcher reads: the same bytes in every run.</summary>
internal static class Input
{
    public const int Bytes = 16 << 20;

    private const int Seed = 20261129;

    // Words of programs and their documentation, as often as a list of so many can be like them.
    private static readonly string[] Words =
        """
        the the the the of of of to to to and and and a a in in is is for for that with as it be by on not are or from
        at an if which can have when will all one any has but other may use used using must more than only also each
        return return value value name name type type string string int int var var new null true false public private
        static void class const let function def self import export async await throw catch finally switch case break
        while foreach continue default readonly override virtual struct enum namespace package module
        error message result index count size length offset buffer stream reader writer file path folder line column
        key item list array map table node tree parent root left right first last next previous begin end start
        stop open close read write parse print format convert encode decode update insert delete remove append create
        build test check verify config option setting parameter argument callback event listener handler request
        response header body status code server client socket port address host connection timeout retry queue thread
        lock mutex task pool cache memory pointer object instance method property field constructor interface
        abstract library version release license copyright warranty notice permission software documentation
        window button label layout widget style color width height margin padding border image icon font text
        vector matrix tensor layer weight gradient batch epoch loss learning optimizer input output shape dtype kernel
        compile compiler linker assembler register instruction operand opcode branch loop variable expression
        statement literal token lexer syntax semantic symbol scope binding closure iterator generator coroutine
        größe naïve résumé données über año señal 文件 配置 メモリ ошибка файл значение
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static readonly string[] Joints =
        [" ", " ", " ", " ", " ", " ", "_", ".", ", ", "(", ") ", " = ", "\n", "\n    ", "\n        ", ": ", ";\n", "\"", "/", " + "];

    /// <summary>Text that looks like a program, or bytes without any order.</summary>
    /// <param name="isText">Whether it is text.</param>
    /// <param name="planted">What is put into it, one after the other, each as a word.</param>
    /// <param name="every">Bytes from one of these to the next; 0 for none at all.</param>
    public static byte[] Generate(bool isText, IReadOnlyList<Literal> planted, int every)
    {
        var random = new Random(Seed);
        var bytes = new byte[Bytes];
        if (isText)
            FillWithText(bytes, random);
        else
            random.NextBytes(bytes);
        for (var (at, i) = (every / 2, 0); every > 0 && at < bytes.Length; at += every, i++)
        {
            byte[] word = [(byte)' ', .. planted[i % planted.Count].Bytes, (byte)' '];
            word.CopyTo(bytes, at);
        }

        return bytes;
    }

    private static void FillWithText(Span<byte> bytes, Random random)
    {
        for (var written = 0; written < bytes.Length;)
        {
            var word = Words[random.Next(Words.Length)];
            // Identifiers are written in several ways, and numbers stand between them.
            var spelt = random.Next(12) switch
            {
                0 => char.ToUpperInvariant(word[0]) + word[1..] + char.ToUpperInvariant(word[^1]),
                1 => word.ToUpperInvariant(),
                2 => word + random.Next(1000),
                _ => word,
            };
            var next = Encoding.UTF8.GetBytes(spelt + Joints[random.Next(Joints.Length)]);
            next.AsSpan(0, Math.Min(next.Length, bytes.Length - written)).CopyTo(bytes[written..]);
            written += next.Length;
        }
    }
}
