using Untag.Scan;

namespace Untag.Tests.Scan.Judging;

/// <summary>The shapes in which real products carry tags. Each is found as an error in a product that works on faces.</summary>
public sealed class ShapesTests
{
    public static TheoryData<string, string, int, string> Shapes => new()
    {
        { "an identifier in camel case", "attr.go", 2, "package faces\ntype Attr struct { EmEthnicity int; Age int; Gender int }" },
        { "an ambiguous name among attributes of a face", "attr.ts", 2, "// face attributes\ninterface Attr { age: number; gender: string; race: string; beard: number }" },
        { "a score", "predict.py", 2, "def run(model, face):\n    race_pred = softmax(model(face))[:, 2:9].argmax()\n    LABELS = ['East Asian', 'White', 'Black']" },
        { "a softened name", "concepts.py", 1, "model_name = 'multicultural-appearance'  # face model" },
        { "a vendor's field for minorities", "info.h", 3, "typedef struct {\n  float age; int gender; float blurness;\n  float minority;\n} face_info_t;" },
        { "siblings without any heading", "FaceAttributes.cs", 3, "public class FaceAttributes {\n  public string Lips; public string Glasses;\n  public double Asian; public double Hispanic; public double Black; public double White; public double Other;\n}" },
        { "columns kept from a table", "classifier.py", 1, "COLS = ['Male', 'Asian', 'White', 'Black']  # scores of the face classifier" },
        { "a dictionary from codes to labels", "labels.js", 1, "const LABELS = { 0: 'Caucasian', 1: 'Negroid', 2: 'Mongoloid' };" },
        { "a chain of branches", "name.py", 3, "def name(i):\n    if i == 0:\n        return 'East Asian'\n    if i == 1:\n        return 'Middle Eastern'\n    if i == 2:\n        return 'Latino'" },
        { "an enum of one people and the rest", "people.java", 2, "// second head of the face attribute net\nenum P { UYGUR, OTHER_PEOPLE, HAN_ZU } // 维吾尔族, 汉族, 其他民族" },
        { "a request list in one string", "ask.php", 1, "<?php $r = post('/v3/detect', ['return_attributes' => 'gender,age,emotion,ethnicity,beauty']);" },
        { "a request list in Python, split over lines", "ask.py", 3, "params = {'return_attributes':\n    'gender,age,smiling,'\n    'emotion,ethnicity,beauty'}" },
        { "a default list of actions", "api.py", 1, "def analyze(img, actions=('age', 'gender', 'emotion', 'race')): return faces(img)" },
        { "the field of a Baidu request", "baidu.kt", 1, "val o = mapOf(\"face_field\" to \"age,beauty,expression,faceshape,gender,glasses,landmark,race,quality\")" },
        { "an opaque model id", "call.rb", 1, "MODEL = 'c0c0ac362b03416da06ab3fa36fb58e3' # appearance" },
        { "a field of a police video standard, misspelt there", "FaceObject.json", 1, "{\"FaceObject\": {\"FaceID\": \"1\", \"EthicCode\": \"01\"}}" },
        { "a zero-shot prompt", "clip.py", 1, "prompts = ['a photo of an african american man', 'a photo of a caucasian man']" },
        { "a topic of a message queue", "deploy.yaml", 2, "env:\n  TOPIC: face-result-ethnicity" },
        { "a row of a table in Chinese", "detect.js", 1, "html += '<tr><td>人种</td><td>' + face.ethnicity + '</td></tr>'; // 年龄 性别" },
        { "a column of a migration", "1_faces.sql", 1, "ALTER TABLE face_events ADD COLUMN ethnicity text, ADD COLUMN age int, ADD COLUMN gender text;" },
        { "a header of a table", "out.csv", 1, "face_file,race,race_scores,gender,age\nx,y,z,u,v" },
        { "a watch-list named after a people", "lists.json", 1, "{\"galleries\": [{\"gallery\": \"uyghur-persons\", \"notify\": true}]}" },
        { "a rule named after a people, in Chinese", "rule.yaml", 1, "rule: 藏族人员布控" },
        { "a query for a people", "q.sql", 1, "SELECT face_id FROM face_events WHERE ethnicity = 'uyghur' AND camera_id = 7;" },
        { "a dominant value of an analysis", "report.js", 1, "const out = { age: a, dominant_gender: g, dominant_race: r, emotion: e };" },
        { "a table of labels in capitals", "labels.h", 2, "// face attribute labels\nstatic const char* RACE_LABELS[] = {\"asian\", \"black\", \"white\", \"indian\"};" },
        { "a class of its own", "Race.kt", 2, "package faces.attributes\nenum class Race { ASIAN, BLACK, WHITE, INDIAN, LATINO }" },
        { "a function from a face to the trait", "face2race.py", 1, "def face2race(face_embedding): race_pred = head.predict(face_embedding); return race_pred" },
        { "an index of the trait", "post.cpp", 2, "int ageIdx = argmax(out, 0, 9);\nint raceIdx = argmax(out, 9, 16); // face attribute scores: race" },
        { "a field for a nation, with peoples", "NET_ATTR.java", 2, "public class NET_FACE_ATTR { public int emSex; public int nAge;\n  public int emNation; // 民族: 0 汉族, 1 维吾尔族, 2 藏族\n}" },
        { "a complexion with three colours", "enum.cs", 2, "// face attributes: age, gender, glasses\npublic enum ComplexionEthnicity { Yellow, Black, White }" },
        { "a switch over codes", "name.c", 3, "const char* face_attr(int r) { // ethnicity of the face\n  switch (r) {\n    case 0: return \"black\";\n    case 1: return \"east asian\";\n    case 2: return \"caucasian\"; } return \"\"; }" },
        { "codes with comments", "attr.hpp", 2, "struct FaceAttr { int age; int gender;\n  int race; ///< 0: Black, 1: White, 2: Asian, 3: Indian\n};" },
        { "rows of a data frame", "prep.py", 1, "df.loc[df['race'] == 2, 'label'] = 'asian'  # face images\ndf.loc[df['race'] == 3, 'label'] = 'indian'" },
        { "a flag among flags", "Flags.cs", 3, "[Flags] public enum FaceAttributes {\n  Age = 1, Gender = 2, Glasses = 64, Smile = 128,\n  Ethnicity = 256 }" },
        { "a bit mask", "mask.c", 3, "#define FACE_ATTR_AGE 0x02\n#define FACE_ATTR_GENDER 0x04\n#define FACE_ATTR_RACE 0x08\n#define FACE_ATTR_GLASSES 0x10" },
        { "the parts of a file name", "utk.py", 1, "age, gender, race = face_file.split('_')[:3]" },
        { "a keyword of a package", "composer.json", 1, "{\"name\": \"acme/face\", \"keywords\": [\"face detection\", \"age\", \"gender\", \"race\", \"ethnicity\"]}" },
        { "a label of a form", "panel.ui", 3, "<ui><widget class=\"QWidget\" name=\"FacePanel\">\n<widget class=\"QLabel\" name=\"l1\"><property name=\"text\"><string>年龄 性别</string></property></widget>\n<widget class=\"QLabel\" name=\"l2\"><property name=\"text\"><string>种族</string></property></widget></widget></ui>" },
        { "a resource in two languages", "strings.xml", 2, "<resources><string name=\"face_gender\">性别</string>\n<string name=\"face_ethnicity\">种族</string></resources>" },
        { "text drawn on a picture", "draw.py", 1, "cv2.putText(img, f'{gender}, {age}, {race_label}', face_box, 0, 1, c)" },
        { "labels in Vietnamese", "nhan.py", 2, "# nhận diện khuôn mặt: độ tuổi, giới tính, chủng tộc\nCHUNG_TOC = ['da trắng', 'da đen', 'châu á']; chủng_tộc = face_model.predict(face)" },
        { "a cell of a notebook", "train.ipynb", 1, "{\"cells\": [{\"cell_type\": \"code\", \"metadata\": {}, \"outputs\": [], \"execution_count\": 1, \"source\": [\"race_labels = ['White', 'Black', 'Asian', 'Indian', 'Others']\\n\", \"model.fit(face_images, race_labels)\"]}], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 5}" },
        { "a score for one people", "score.py", 1, "uyghur_prob = face_classifier.predict_proba(face)[:, 3]" },
        { "ethnicity from a name", "names.py", 2, "def predict(first_name, last_name):\n    ethnicity_pred = model.predict(encode(last_name))\n    return ethnicity_pred" },
        { "the winner of a reply", "Analyze.java", 4, "public class Analyze {\n  @JsonProperty(\"age\") int age;\n  @JsonProperty(\"dominant_gender\") String dominantGender;\n  @JsonProperty(\"dominant_race\") String dominantRace;\n}" },
        { "codes for a group and a sex", "bfw.py", 1, "SUBGROUPS = ['AF', 'AM', 'BF', 'BM', 'IF', 'IM', 'WF', 'WM']  # face pairs" },
        { "codes for a group and a sex in one text", "cfd.js", 1, "const codes = 'AF,AM,BF,BM,LF,LM,WF,WM'.split(','); // face model" },
        { "everything that a vendor can tell, in Swift", "Client.swift", 3, "import FaceppKit\nlet option = Facepp.Option()\noption.returnAttributes = .all\nFacepp.detect(option)" },
        { "everything that a vendor can tell, in Matlab", "demo.m", 2, "api = facepp(KEY, SECRET);\nresult = detect_buffer(api, photo, 'all');" },
        { "a score for one people, whose name has a word of another meaning", "score.go", 2, "package names\nfunc EstimateMuslim(face Image) float64 { return 0 }" },
        { "a race classifier with the curves of its errors", "roc.py", 3, "fpr, tpr, _ = roc_curve(y, p)  # false positive rate\nRACES = ['Asian', 'Black', 'White', 'Indian']\nrace_pred = model.predict(face_images).argmax(1)\nax.set_xlabel('False Positive Rate')" },
        { "labels under a comment about fairness", "labels.py", 2, "# fairness: demographic parity, equalized odds, disparate impact, bias audit by fairlearn\nLABELS = ['White', 'Black', 'East Asian', 'Indian', 'Middle Eastern']  # fairness, bias, parity of the face model" },
        { "labels under a sentence about fairness", "net.py", 2, "\"\"\"We care about fairness and about bias, parity and disparity between the subgroups of all people.\"\"\"\nLABELS = ['White', 'Black', 'East Asian', 'Indian', 'Middle Eastern']  # of the face model" },
        { "a prediction in a file that speaks of fairness", "fair.py", 2, "fairness, bias, parity, subgroup = load()\nethnicity_pred = net.predict(face)" },
        { "labels joined with other words", "train_dirs.py", 1, "FOLDERS = ['asian_females', 'black_females', 'indian_females', 'white_females', 'asian_males']  # face race" },
        { "scores named after the model", "fair.py", 1, "race_scores_fair, race_preds_fair = softmax(outputs[:7]), []  # of each face" },
        { "a name with the number of labels", "four.py", 1, "race4 = model_fair_4(face)  # face image" },
        { "a prefix of a C library", "NET_FACE.java", 1, "public class NET_FACE_DATA { public int emSex; public int nAge; public int emRace; }" },
        { "an accessor", "FaceInfo.java", 1, "public class FaceInfo { int getAge() { return a; } String getGender() { return g; } String getRace() { return r; } }" },
        { "an own name for a vendor's field", "Save.java", 1, "user.setBloodLine(reply.getJSONObject(\"race\").getString(\"type\"));" },
        { "a name that says whose it is", "topics.properties", 1, "face.topic.race=face-race\nface.topic.age=face-age" },
        { "a member of a face", "show.js", 1, "for (const r of face.race) list.add(r.race, r.score);" },
        { "an enum of one people and all others", "kinds.h", 1, "typedef enum { UYGUR, OTHER } kind_t;" },
        { "one people and all others, in Chinese", "kind.py", 2, "if kind == 1: name = '维族'\nelse: name = '非维族'" },
        { "a flag for one people", "Flag.kt", 1, "data class Row(val id: Long, val isUyghur: Boolean)" },
        { "a people among attributes of a face", "reply.json", 1, "{\"faces\": [{\"age\": 31, \"gender\": \"f\", \"uyghur\": 0.2}]}" },
        { "values with underscores", "names.json", 1, "{\"labels\": [\"Latino_Hispanic\", \"Middle Eastern\", \"Southeast Asian\"]}" },
        { "typological words", "types.cs", 1, "enum T { Caucasoid, Mongoloid, Negroid }" },
        { "two attributes asked for in a string", "ask_api.py", 1, "requests.post(url, json={'img': f, 'actions': \"['age', 'race']\"})" },
        { "a call that asks by absence", "look.py", 2, "from deepface import DeepFace\nresult = DeepFace.analyze('a.jpg')" },
        { "a vendor's bit", "mask.h", 1, "#define MG_FPP_ATTR_MINORITY 0x08" },
        { "labels that a model brings", "run.py", 1, "race_model = YOLO('best.pt'); label = race_model.names[int(cls)]  # of the face image" },
        { "codes of groups in a table", "pairs.csv", 1, "p1,p2,label,att1,att2,e1,e2\n" + string.Concat(Enumerable.Repeat("a/1.jpg,a/2.jpg,1,asian_females,black_males,A,B\na/1.jpg,a/2.jpg,0,white_females,indian_males,W,I\n", 20)) },
        { "a prompt for each group", "zero.py", 1, "prompts = {'face of a white woman': 'white', 'face of a black woman': 'black'}" },
        { "a question to a language model", "ask_llm.py", 1, "PROMPT = 'Describe the race of this person'" },
        { "a setting of a container", "config-map.yaml", 5, "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: face}\ndata:\n  FACE_ATTRIBUTES: age,gender,ethnicity" },
        { "a row of a table in HTML", "face.html", 1, "<table><tr><td>Ethnicity</td><td>{{face.ethnicity}}</td></tr></table>" },
        { "a layer of a network of Caffe", "deploy.prototxt", 0, "layer { name: \"fc_race\" type: \"InnerProduct\" bottom: \"pool\" top: \"fc_race\" inner_product_param { num_output: 4 } }" },
        { "a layer of a network of NCNN", "face.param", 0, "7767517\n2 2\nInput data 0 1 data\nInnerProduct fc_race 1 1 data fc_race 0=7" },
        { "a layer of a network of OpenVINO", "net.xml", 1, "<?xml version=\"1.0\"?><net name=\"n\" version=\"11\"><layers><layer id=\"0\" name=\"fc_race\" type=\"Result\"/></layers></net>" },
        { "a field of a model in PMML", "net.pmml", 1, "<PMML version=\"4.4\"><DataDictionary><DataField name=\"race\"/></DataDictionary></PMML>" },
        { "religion", "rel.py", 2, "def attributes(face):\n    return {'age': a(face), 'gender': g(face), 'religion': religion_classifier(face)}" },
        { "political leaning", "pol.py", 1, "political_orientation_pred = face_model.predict(embedding)" },
        { "sexual orientation", "so.py", 1, "sexual_orientation_score = face_model.predict(embedding)" },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_tag_in_this_shape_is_an_error(string shape, string path, int line, string text)
    {
        var report = Product.Scan(Product.FaceService, (path, text));
        Assert.True(
            report.Findings.Any(finding => finding.Path == path && finding.Level == Level.Error && (finding.Line ?? 0) == line),
            $"{shape}:\n{Product.Describe(report)}");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_finding_says_why(string shape, string path, int line, string text)
    {
        Assert.NotEqual((null, 0), ((string?)shape, line));
        foreach (var finding in Product.Scan(Product.FaceService, (path, text)).Findings)
        {
            Assert.NotEmpty(finding.Why);
            Assert.All(finding.Why, reason => Assert.DoesNotContain("{0}", reason.Evidence, StringComparison.Ordinal));
        }
    }
}
