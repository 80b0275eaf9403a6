namespace Untag.Tests.Server.Guard.Replies.Json;

public sealed class ShapesTests
{
    /// <summary>What each shape is, the reply, and what the client gets.</summary>
    public static TheoryData<string, string, string> Shapes => new()
    {
        { "a subject of a gallery that is named after a group", """{"subjects":[{"subject":"asian","similarity":0.97},{"subject":"Ada","similarity":0.2}]}""",
            """{"subjects":[{"similarity":0.97},{"subject":"Ada","similarity":0.2}]}""" },
        { "a named object", """{"faces":[{"attributes":{"ethnicity":{"value":"x"},"age":{"value":31}}}]}""",
            """{"faces":[{"attributes":{"age":{"value":31}}}]}""" },
        { "a name in another spelling", """{"emRace":1,"Ethnic-Group":2,"DOMINANT_RACE":3,"age":4}""", """{"age":4}""" },
        { "a code under a misspelt name", """{"FaceObject":[{"EthicCode":"01","AgeUpLimit":40}]}""",
            """{"FaceObject":[{"AgeUpLimit":40}]}""" },
        { "names after groups beside other attributes",
            """{"attributes":{"lips":"Together","asian":0.9,"gender":{"type":"F"},"black":0.02,"hispanic":0.01,"white":0.05,"other":0.02,"age":24}}""",
            """{"attributes":{"lips":"Together","gender":{"type":"F"},"age":24}}""" },
        { "one name after a group", """{"age":31,"is_asian":true}""", """{"age":31}""" },
        { "an element that names the trait", """{"tags":[{"name":"gender","value":"m"},{"name":"race","value":"x","confidence":0.8}]}""",
            """{"tags":[{"name":"gender","value":"m"}]}""" },
        { "the same with the name last", """{"tags":[{"confidence":0.8,"value":"x","name":"race"},{"name":"gender","value":"m"}]}""",
            """{"tags":[{"name":"gender","value":"m"}]}""" },
        { "an element with a vocabulary", """{"concepts":[{"id":"ai_1","name":"x","vocab_id":"multicultural_appearance"},{"id":"ai_2","name":"y","vocab_id":"age_appearance"}]}""",
            """{"concepts":[{"id":"ai_2","name":"y","vocab_id":"age_appearance"}]}""" },
        { "a list of labels", """[{"label":"asian","score":0.9},{"label":"black","score":0.05},{"label":"other","score":0.05}]""", "[]" },
        { "the only label", """[{"label":"East Asian","score":0.97}]""", "[]" },
        { "labels and numbers side by side", """{"labels":["asian","black"],"scores":[0.9,0.1],"id":7}""", """{"labels":[],"id":7}""" },
        { "a list beside a label", """{"list":[{"a":1},{"label":"asian"},{"label":"hat"}],"label":"black"}""",
            """{"list":[{"a":1},{"label":"hat"}],"label":"black"}""" },
        { "a pair", """[["age",31],["race","x"],["hat",true]]""", """[["age",31],["hat",true]]""" },
        { "an answer under a name that says nothing", """{"x7":"East Asian male","n":1}""", """{"n":1}""" },
        { "an element with a key that says nothing", """{"list":[{"x7":"ethnicity","y":"x"},{"x7":"age","y":31}]}""", """{"list":[{"x7":"age","y":31}]}""" },
        { "a label that is long by what nobody sees", "[{\"name\":\"race" + new string('\u200B', 200) + "\",\"value\":\"x\"}]", "[]" },
        { "a bare answer", """{"prediction":"Caucasian","score":0.9}""", """{"score":0.9}""" },
        { "an object that is all about the trait", """{"name":"race","value":"x"}""", "{}" },
        { "nothing but a label", "\"asian\"", "null" },
        { "JSON in a text", """{"result":"{\"race\":\"x\",\"age\":31}"}""", """{"result":"{\"age\":31}"}""" },
        { "a printed dictionary in a text", """{"result":"{'race': 'x'}","id":1}""", """{"result":"","id":1}""" },
        { "labels with numbers in lists of their own", """{"top":[["white",0.7],["asian",0.2],["other",0.1]],"n":3}""", """{"top":[],"n":3}""" },
        { "labels and numbers in lists of lists", """{"names":["asian","black"],"ndarray":[[0.9,0.1]],"meta":{}}""", """{"names":[],"ndarray":[],"meta":{}}""" },
        { "labels and the index of one", """{"names":["asian","black"],"argmax":0,"id":7}""", """{"names":[],"id":7}""" },
        { "an attribute with a short key", """{"list":[{"k":"race","v":3},{"k":"age","v":31}]}""", """{"list":[{"k":"age","v":31}]}""" },
        { "answers of several faces", """{"faces":[{"n":1,"guess":"white"},{"n":2,"guess":"asian"},{"n":3,"hair":"black"}]}""", """{"faces":[{"n":1},{"n":2},{"n":3,"hair":"black"}]}""" },
        { "a text that tells the trait and its value", """{"x7":"race=3;age=31","y8":"RACE_BLACK","z":1}""", """{"z":1}""" },
        { "JSON in base64", """{"data":"eyJyYWNlIjoieCJ9","id":1}""", """{"data":"","id":1}""" },
        { "a caption", """{"caption":"an asian woman with a phone","id":1}""", """{"caption":"","id":1}""" },
        { "labels beside a box of as many numbers", """{"labels":["asian","black"],"scores":[0.9,0.1],"bbox":[4,5],"p":[0.9,0.1],"box_scores":[0.9,0.1]}""",
            """{"labels":[],"bbox":[4,5]}""" },
        { "a letter for the trait and one for its value", """[{"t":"race","c":3,"box":[1,2]},{"t":"x","c":1}]""", """[{"t":"x","c":1}]""" },
        { "the race of a person who has a dog", """{"person":{"race":"x","pet":"dog"},"raza":"blanca","animal":"perro"}""", """{"person":{"pet":"dog"},"animal":"perro"}""" },
        { "the race of a runner", """{"bib":12,"age":31,"race":3}""", """{"bib":12,"age":31}""" },
        { "the race of a person who is seen at sports", """{"id":1,"race":3,"action":"racing","shoes":"sports"}""", """{"id":1,"action":"racing","shoes":"sports"}""" },
        { "a human among species", """{"species":"human","race":"x"}""", """{"species":"human"}""" },
        { "a group beside a contest", """{"race":"asian","lap":3,"n":1}""", """{"lap":3,"n":1}""" },
        { "a sure name of the trait beside an animal", """{"animal":"perro","etnia":"x"}""", """{"animal":"perro"}""" },
        { "peoples and colours under a name of things", """{"cuisines":["asian","black","white"],"id":1}""", """{"cuisines":[],"id":1}""" },
        { "a trait with its value among tags of sports", """{"tags":[{"name":"race","value":3},{"name":"marathon","confidence":0.9}]}""", """{"tags":[{"name":"marathon","confidence":0.9}]}""" },
        { "a trait among attributes of a face", """{"tags":[{"name":"race","confidence":3},{"name":"sports","confidence":1},{"name":"age","confidence":31}]}""",
            """{"tags":[{"name":"sports","confidence":1},{"name":"age","confidence":31}]}""" },
        { "a surname and a group beside it", """{"surname":"Arab","x7":"arab"}""", """{"surname":"Arab"}""" },
        { "a caption of a person, and of a temple", """{"caption":"an asian man at a temple","id":1}""", """{"caption":"","id":1}""" },
        { "a name in Chinese", """{"年龄":31,"民族":"x"}""", """{"年龄":31}""" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_tag_is_taken_out_of(string shape, string reply, string expected)
    {
        Assert.NotEmpty(shape);
        var filtered = Filtered.Of(reply);
        Assert.Equal(expected, filtered.Text);
        Assert.NotEmpty(filtered.Strips);
    }

    [Theory]
    [InlineData("""{"trace":"4f","embrace":1,"brace_id":2,"terrace":3}""")]
    [InlineData("""{"race_condition":true,"race car":1}""")]
    [InlineData("""{"hair":{"color":"black","confidence":0.9},"skin":"white"}""")]
    [InlineData("""{"cuisine":[{"label":"asian","score":0.9}]}""")]
    [InlineData("""{"labels":[{"description":"Asian cuisine","score":0.9},{"description":"Dish"}]}""")]
    [InlineData("""{"cuisine":"asian","sport":"race","surname":"Han"}""")]
    [InlineData("""{"list":[{"a":1},{"color":"black"}],"label":"white"}""")]
    [InlineData("""{"color":{"black":0.2,"white":0.5,"other":0.3}}""")]
    [InlineData("""{"other":1,"origin":"https://example.com","nationality":"x"}""")]
    [InlineData("""[["black",0.7],["white",0.2]]""")]
    [InlineData("""{"k":"t","n":"race car","list":[{"k":"color","v":"black"}]}""")]
    [InlineData("""{"text":"RACE DAY 2024","a":"Race 5: Monaco","b":"the race was won by the white team"}""")]
    [InlineData("""{"caption":"a plate of asian food beside an asian elephant","text":"Asian market"}""")]
    [InlineData("""{"token":"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.AAAA","data":"eyJhIjoxfQ=="}""")]
    [InlineData("""{"name":"Blackman","surname":"Indianman","list":["black shirt","white dress"]}""")]
    [InlineData("""{"results":[{"name":"Grand Prix de Monaco","position":1}]}""")]
    [InlineData("""{"cuisines":["Asian","Indian","Mexican"],"languages":["Uyghur","Tibetan"]}""")]
    [InlineData("""{"tier":"Hund","rasse":"Dackel","konfidenz":0.9}""")]
    [InlineData("""{"mascotas":[{"nombre":"Luna","tipo":"gato","raza":"siamés"}]}""")]
    [InlineData("""{"MRData":{"RaceTable":{"season":"2024","Races":[{"round":"1","raceName":"Bahrain GP","Circuit":{"url":"x"}}]}}}""")]
    [InlineData("""{"race_id":7,"bib":12}""")]
    [InlineData("""{"w":"race","conf":0.9,"box":[1,2,3,4]}""")]
    [InlineData("""{"lines":[{"t":"RACE","c":0.9},{"t":"DAY","c":0.9}]}""")]
    [InlineData("""{"TextDetections":[{"DetectedText":"ASIAN","Type":"WORD"},{"DetectedText":"RACE","Type":"WORD"}]}""")]
    [InlineData("""{"Labels":[{"Name":"Race","Confidence":80},{"Name":"Marathon","Confidence":70}]}""")]
    [InlineData("""{"surname":"Arab","matches":[{"full_name":"Ali Arab","similarity":0.99}]}""")]
    [InlineData("""{"captionResult":{"text":"people in front of an asian temple","confidence":0.9}}""")]
    public void What_is_no_tag_passes_untouched(string reply)
    {
        var filtered = Filtered.Of(reply);
        Assert.Equal(reply, filtered.Text);
        Assert.Empty(filtered.Strips);
    }
}
