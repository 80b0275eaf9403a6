using System.Text;
using System.Text.Json;
using Untag.Tests.Architecture;

namespace Untag.Tests.Server.Guard.Replies;

/// <summary>A reply of each API that is known to return a tag, of those verified to have none, and of some that nobody has
/// written yet. Beside a file with a tag lies what the client gets.</summary>
public sealed class ApiRepliesTests
{
    private const string Stripped = ".stripped.json";

    private static readonly string Folder = Repository.File("tests", "Untag.Tests", "Server", "Guard", "Replies", "replies");

    private static readonly string[] WithoutTag =
        ["aliyun-facebody", "aws-rekognition", "azure-face", "compreface", "google-vision", "sighthound", "tencent-iai"];

    public static TheoryData<string> Apis =>
        [.. Directory.GetFiles(Folder, "*.json").Where(path => !path.EndsWith(Stripped, StringComparison.Ordinal))
            .Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Apis))]
    public void A_reply_loses_its_tag_and_nothing_else(string api)
    {
        var reply = File.ReadAllBytes(Path.Join(Folder, api + ".json"));
        var expected = Path.Join(Folder, api + Stripped);
        var filtered = Filtered.Of(Filtered.Json, reply);
        Assert.Equal(File.ReadAllText(File.Exists(expected) ? expected : Path.Join(Folder, api + ".json")), filtered.Text);
        Assert.Equal(File.Exists(expected), filtered.Strips.Count > 0);
        JsonDocument.Parse(filtered.Bytes).Dispose();
    }

    [Theory]
    [MemberData(nameof(Apis))]
    public void It_does_not_matter_where_a_reply_is_cut(string api)
    {
        var reply = File.ReadAllBytes(Path.Join(Folder, api + ".json"));
        var whole = Filtered.Of(Filtered.Json, reply).Text;
        foreach (var piece in new[] { 1, 2, 3, 7, 64 })
            Assert.Equal(whole, Filtered.Of(Filtered.Json, reply, limits: null, piece).Text);
    }

    [Fact]
    public void The_APIs_without_a_tag_are_there() =>
        Assert.All(WithoutTag, api =>
        {
            Assert.True(File.Exists(Path.Join(Folder, api + ".json")));
            Assert.False(File.Exists(Path.Join(Folder, api + Stripped)));
        });

    [Fact]
    public void No_value_of_a_tag_is_in_what_is_logged()
    {
        foreach (var api in Apis)
        {
            foreach (var strip in Filtered.Of(Filtered.Json, File.ReadAllBytes(Path.Join(Folder, api.Data + ".json"))).Strips)
            {
                var word = Filtered.Rules.Words.Of(Encoding.UTF8.GetBytes(strip.Where));
                Assert.Empty(word.Groups);
            }
        }
    }
}
