using Untag.Scan.Reading;

namespace Untag.Tests.Scan.Reading.Interfaces;

public sealed class GraphQlTests
{
    private const string Schema =
        """"
        schema @link(url: "specs") { query: Asks }
        """
        A face.
        """
        type Face @key(fields: "id") {
          race: String # as the model says
          similar("at least" above: Float = 0.5, caste: String): [Face!]
        }
        input FaceFilter { nation: String }
        enum Ethnicity { ASIAN }
        union Found = Face | Nothing
        type Asks {
          faces(ethnicity: Ethnicity = OTHER, first: Int): [Face]
          people: [String]
        }
        extend type Mutation { watch(religion: String): Boolean }
        directive @trait(name: String) on FIELD_DEFINITION
        """";

    [Theory]
    [InlineData("specs", "schema", SectionRole.None)]
    [InlineData("A face.", "type Face", SectionRole.Response)]
    [InlineData("race", "type Face", SectionRole.Response)]
    [InlineData("as the model says", "type Face", SectionRole.Response)]
    [InlineData("nation", "input FaceFilter", SectionRole.Request)]
    [InlineData("ASIAN", "enum Ethnicity", SectionRole.Response)]
    [InlineData("Nothing", "union Found", SectionRole.Response)]
    [InlineData("name", "directive trait", SectionRole.None)]
    public void A_name_stands_in_its_type(string content, string inner, SectionRole role) =>
        Assert.Equal((inner, role), Sections.Of("schema.graphql", Schema, content));

    [Theory]
    [InlineData("faces", "Asks.faces", SectionRole.Response)]
    [InlineData("ethnicity", "Asks.faces, argument ethnicity", SectionRole.Request)]
    [InlineData("first", "Asks.faces, argument first", SectionRole.Request)]
    [InlineData("people", "Asks.people", SectionRole.Response)]
    [InlineData("religion", "Mutation.watch, argument religion", SectionRole.Request)]
    [InlineData("at least", "Face.similar, argument above", SectionRole.Request)]
    [InlineData("caste", "Face.similar, argument caste", SectionRole.Request)]
    public void What_can_be_asked_is_the_arguments_of_fields(string content, string inner, SectionRole role) =>
        Assert.Equal((inner, role), Sections.Of("schema.graphql", Schema, content));

    [Theory]
    [InlineData("query GetFaces($filter: FaceFilter) { faces(filter: $filter) { id race } }", "query GetFaces")]
    [InlineData("query type { race }", "query type")]
    [InlineData("query { race }", "query")]
    [InlineData("# mine\n{ faces { race } }", "query")]
    [InlineData("fragment Parts on Face { race }", "fragment Parts")]
    [InlineData("mutation Watch { watch(race: 1) }\nquery B { b }", "mutation Watch")]
    public void What_a_client_names_it_asks_for(string text, string inner) =>
        Assert.Equal((inner, SectionRole.Request), Sections.Of("faces.gql", text, "race"));
}
