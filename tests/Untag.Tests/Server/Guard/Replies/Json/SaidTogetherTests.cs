using CsCheck;
using Untag.Server.Guard.Replies.Json;
using Untag.Server.Guard.Replies.Names;

namespace Untag.Tests.Server.Guard.Replies.Json;

public sealed class SaidTogetherTests
{
    [Fact]
    public void What_the_others_say_is_what_going_through_them_would_tell() =>
        Gen.Int[0, 0xFFFF].Array[1, 6].Sample(members =>
        {
            var together = default(SaidTogether);
            foreach (var member in members)
                together.Add((WordRoles)member);
            for (var i = 0; i < members.Length; i++)
            {
                var others = members.Where((_, other) => other != i).Aggregate(0, (said, member) => said | member);
                Assert.Equal((WordRoles)others, together.ButFor((WordRoles)members[i]));
            }
        });
}
