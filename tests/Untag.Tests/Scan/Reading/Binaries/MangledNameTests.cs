using CsCheck;
using Untag.Scan.Reading.Binaries;

namespace Untag.Tests.Scan.Reading.Binaries;

public sealed class MangledNameTests
{
    [Theory]
    [InlineData("_ZNK7facesdk14FaceAttributes7GetRaceEv", "facesdk::FaceAttributes::GetRace")]
    [InlineData("_Z8get_racei", "get_race")]
    [InlineData("__ZN4face4RaceC1Ev", "face::Race")]
    [InlineData("_ZN4face5scoreERKSt6vectorIfSaIfEENS_4RaceE", "face::score::vector::Race")]
    [InlineData("_RNvCs1234_4face4race", "face::race")]
    [InlineData("$s7FaceSDK4RaceO5asianyA2CmF", "FaceSDK::Race::asian::Cm")]
    [InlineData("?GetRace@FaceAttributes@facesdk@@QEBAHXZ", "GetRace::FaceAttributes::facesdk::QEBAHXZ")]
    public void The_identifiers_of_a_mangled_name_are_found(string mangled, string expected) =>
        Assert.Equal(expected, MangledName.Identifiers(mangled));

    [Theory]
    [InlineData("get_race")]
    [InlineData("_start")]
    [InlineData("_Z")]
    [InlineData("_Z99race")]
    [InlineData("?")]
    [InlineData("")]
    public void What_is_not_mangled_stays(string name) => Assert.Null(MangledName.Identifiers(name));

    [Fact]
    public void Any_name_is_taken_apart_or_not() =>
        Gen.String[Gen.Char["_Z?@$sRN0123456789abE"], 0, 30].Sample(
            name => MangledName.Identifiers(name) is null or { Length: > 0 }, seed: "0000Kx9Qw2a1", iter: 20_000);
}
