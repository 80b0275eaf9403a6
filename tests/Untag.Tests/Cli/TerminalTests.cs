using Untag.Cli;

namespace Untag.Tests.Cli;

public sealed class TerminalTests
{
    [Theory]
    [InlineData("人种 é", "人种 é")]
    [InlineData("a\e[2Jb", "a·[2Jb")]
    [InlineData("line\r\nnext", "line··next")]
    [InlineData("user\u202Egnp.exe", "user·gnp.exe")]
    [InlineData("line\u2028next", "line·next")]
    [InlineData("::stop-commands::x.py", "·:stop-commands::x.py")]
    [InlineData(" \t::error::x.py", " ··:error::x.py")]
    [InlineData("a##vso[task.setvariable variable=PATH]b", "a#·vso[task.setvariable variable=PATH]b")]
    [InlineData("##[group]x", "#·[group]x")]
    [InlineData("std::map ## 12", "std::map ## 12")]
    public void Text_of_a_product_cannot_act_on_the_screen(string text, string printed) =>
        Assert.Equal(printed, Terminal.Printable(text));
}
