using Untag.Cli.Commands;
using Untag.Tests.Check;

namespace Untag.Tests.Cli;

public sealed class ShipsGuessTests
{
    [Fact]
    public void Packages_and_models_are_guessed_and_what_is_installed_or_tested_is_not()
    {
        using var folder = new ProductFolder(
            ("dist/a-1.0.whl", ""), ("dist/a-1.1.whl", ""), ("models/x.onnx", ""), ("src/a.py", ""), ("node_modules/b/c.tgz", ""),
            ("tests/model.pt", ""));
        Assert.Equal(["dist/*.whl", "models/*.onnx"], ShipsGuess.For(folder.Root));
    }
}
