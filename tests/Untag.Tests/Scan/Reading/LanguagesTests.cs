using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading;

public sealed class LanguagesTests
{
    [Theory]
    [InlineData("a.py", "python")]
    [InlineData("A.PY", "python")]
    [InlineData("src/a.tsx", "javascript")]
    [InlineData("Dockerfile", "shell")]
    [InlineData("Dockerfile.cuda", "shell")]
    [InlineData("CMakeLists.txt", "shell")]
    [InlineData("Gemfile", "ruby")]
    public void The_name_of_a_file_says_its_language(string path, string language) =>
        Assert.Equal(language, Languages.Of(path, "")?.Name);

    [Theory]
    [InlineData("#!/usr/bin/env python3\n", "python")]
    [InlineData("#!/bin/bash", "shell")]
    [InlineData("#!/usr/bin/node\r\n", "javascript")]
    public void The_first_line_says_the_language_of_a_file_without_ending(string text, string language) =>
        Assert.Equal(language, Languages.Of("bin/run", text)?.Name);

    [Theory]
    [InlineData("README.md", "")]
    [InlineData("run", "no program\n#!/bin/sh")]
    public void A_file_that_says_no_language_has_none(string path, string text) =>
        Assert.Null(Languages.Of(path, text));

    [Theory]
    [InlineData("python", "python")]
    [InlineData("py", "python")]
    [InlineData("C", "c")]
    [InlineData("ts", "javascript")]
    public void A_language_is_known_by_its_name_and_by_its_endings(string name, string language) =>
        Assert.Equal(language, Languages.Named(name)?.Name);

    [Fact]
    public void Every_ending_belongs_to_one_language() =>
        Assert.All(
            Languages.All.SelectMany(language => language.Files, (language, file) => (language, file)),
            pair => Assert.Same(pair.language, Languages.Of(pair.file, "") ?? Languages.Of("a." + pair.file, "")));

    [Fact]
    public void Long_marks_are_tried_before_the_short_ones_they_begin_with() =>
        Assert.All(Languages.All, language => Assert.All(
            language.LongStrings,
            (pair, index) => Assert.DoesNotContain(
                language.LongStrings[(index + 1)..], later => later.Open.StartsWith(pair.Open, StringComparison.Ordinal))));
}
