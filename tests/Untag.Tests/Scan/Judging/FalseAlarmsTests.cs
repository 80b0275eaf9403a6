using Untag.Scan;

namespace Untag.Tests.Scan.Judging;

/// <summary>Innocent text that word lists flag. None of it is an error or a warning, even in a product that works on
/// faces.</summary>
public sealed class FalseAlarmsTests
{
    // Every fiftieth word can be a group or a trait.
    private static readonly string Vocabulary =
        "{" + string.Join(", ", Enumerable.Range(0, 1000).Select(i =>
            $"\"{(i % 50 == 0 ? (string[])["race", "black", "asian", "white", "indian", "latino"] : ["river", "ocean", "table", "king", "queen", "house"])[i / 50 % 6]}{(i % 50 == 0 ? "" : "-" + i)}\": {i}")) + "}";

    public static TheoryData<string, string, string> Innocent => new()
    {
        { "a race condition", "queue.py", "# avoids a race condition between two workers\nlock = threading.Lock()" },
        { "the race detector", "Makefile", "test:\n\tgo test -race ./...\n" },
        { "a data race in C++", "queue.cpp", "// TSan: data race on head_\nstd::atomic<int> head_;" },
        { "words that hold the letters of race", "trace.rs", "fn trace(brace: &str) -> Embrace { graceful(brace) }" },
        { "Promise.race", "wait.js", "const first = await Promise.race([detectFace(), timeout(100)]);" },
        { "races of a game", "hero.json", "{\"character\": {\"race\": \"Elf\", \"class\": \"wizard\", \"races\": [\"Dwarf\", \"Halfling\", \"Orc\"]}}" },
        { "a code of conduct", "CODE_OF_CONDUCT.md", "# Code of conduct\nWe pledge a harassment-free, welcoming and inclusive community for everyone, regardless of age, body size,\nethnicity, gender identity, level of experience, personal appearance, race, religion or sexual orientation.\n" },
        { "scripts of Unicode", "scripts.rs", "pub enum Script { Old_Uyghur, Caucasian_Albanian, Han, Arabic, Mongolian, Tamil, Bengali }" },
        { "languages of a menu", "lang.json", "{\"languages\": {\"ug\": \"Uyghur\", \"ku\": \"Kurdish\", \"bo\": \"Tibetan\", \"ar\": \"Arabic\"}}" },
        { "colours of clothes", "attr.py", "# pedestrian attributes: colour of clothes\nUP = ['upblack', 'upwhite', 'upred', 'upyellow', 'upblue']" },
        { "colours of clothes, words apart", "attr2.py", "CLOTHES = ['upper_black', 'upper_white', 'upper_yellow', 'lower_black', 'lower_brown']" },
        { "colours of a terminal", "log.ts", "const colours = ['black', 'red', 'green', 'yellow', 'blue', 'white'];" },
        { "white balance", "camera.cpp", "void set_white_balance(float k); void black_level(int v);" },
        { "whitespace and black boxes", "t.py", "whitespace = ' '; black_box = model; prewhiten(face)" },
        { "breeds of pets", "pets.json", "{\"labels\": [\"american_shorthair\", \"siamese\", \"persian cat\", \"german shepherd dog\"]}" },
        { "a caveat about accuracy", "limits.md", "Accuracy of face recognition may vary between ethnic groups; do not use it to infer ethnicity.\n" },
        { "a near miss: a list of attributes without the trait", "ask.js", "const p = { return_attributes: 'gender,age,smiling,headpose,facequality,blur,eyestatus,emotion,beauty' };" },
        { "the minority class of a data set", "smote.py", "X = oversample(X, minority_class=1)  # face / no face" },
        { "skin status", "skin.py", "attrs = ['skinstatus', 'acne', 'dark_circle', 'stain']" },
        { "emoji with a skin tone", "emoji.json", "{\"name\": \"raised hand\", \"skin_tone_support\": true}" },
        { "names of emoji, an alarm clock far from a temple", "emoji_tr.json", "{\n\"🛕\": \":hindu_tapınağı:\",\n\"◾\": \":orta_boy_siyah_kare:\"," + string.Concat(Enumerable.Range(0, 30).Select(i => $"\n\"{i}\": \":saat_{i}:\",")) + "\n\"⏲\": \":alarm:\"\n}" },
        { "names of emoji, an alarm clock in the next object", "emoji.json", "[{\"emoji\": \"🛕\",\n\"tr\": \":hindu_tapınağı:\"},\n{\"emoji\": \"⏲\",\n\"tr\": \":alarm:\"}]" },
        { "Cantonese racing", "odds.py", "def get_race_card(race_id): return requests.get(f'/horse/race/{race_id}/runners').json()" },
        { "names of functions that race", "driver.ts", "const laps = await api.getRaceResults({ season, round }); const qualifying = await api.getRaceSchedule(season);" },
        { "drivers with their nationality", "drivers.json", "{\"drivers\": [{\"code\": \"HAM\", \"nationality\": \"British\", \"races\": 300, \"team\": \"x\"}]}" },
        { "ANSI colours", "ansi.go", "var codes = map[string]int{\"black\": 30, \"red\": 31, \"green\": 32, \"yellow\": 33, \"blue\": 34, \"white\": 37}" },
        { "classes of a style sheet", "style.css", ".white { color: #fff } .black { color: #000 } .yellow { color: #ff0 } .face-box { border: 1px }" },
        { "tones of cosmetics", "shade.js", "const foundation = ['light skin tone', 'medium', 'deep']; // make-up shades for the face mask filter" },
        { "a vocabulary of a tokenizer", "vocab.json", Vocabulary },
        { "a summary in a lock file", "poetry.lock", "[[package]]\nname = \"tracerite\"\ndescription = \"Human-readable tracebacks, no data race\"\n" },
        { "breeds of cats in a label map", "imagenet.py", "LABELS = {281: 'tabby', 282: 'tiger cat', 283: 'Persian cat', 284: 'Siamese cat', 285: 'Egyptian cat'}" },
        { "fonts and their scripts", "fonts.yaml", "fonts:\n  - name: Noto Sans Mongolian\n  - name: Noto Sans Tibetan\n  - name: Noto Sans Tamil\n  - name: Noto Sans Arabic\n" },
        { "locales", "locale.py", "LOCALES = [('zh', 'Chinese'), ('ko', 'Korean'), ('ja', 'Japanese'), ('vi', 'Vietnamese'), ('hi', 'Hindi')]" },
        { "ethnic food", "menu.json", "{\"cuisine\": [\"Indian\", \"Chinese\", \"Mexican\", \"Korean\"], \"face\": \"chef\"}" },
        { "nations on a map", "map.js", "const countries = ['India', 'China', 'Mexico'];\nconst nation = countries[i]; // where the camera stands" },
        { "a parameter of colour channels", "chan.cpp", "float black = 0.0f, white = 1.0f; // levels of the face image" },
        { "results of races", "f1.java", "class F1 { List<RaceResult> raceResults; String getRaceName() { return raceName; } int raceId; }" },
        { "languages in their own words", "langs.json", "{\"langs\": [\"维吾尔文\", \"藏文\", \"蒙古文\", \"哈萨克文\"]}" },
        { "colours among attributes", "colours.json", "{\"age\": 3, \"gender\": \"f\", \"is_black\": true, \"black\": 0.5, \"white\": 0.1}" },
        { "a language among others", "lang.h", "// languages of the menu\nenum lang { LANG_UYGHUR, LANG_OTHER };" },
        { "clothes in words", "person.py", "PERSON = ['black coat', 'white shirt', 'yellow dress', 'hat', 'backpack']  # person attributes" },
        { "hair", "hair_color.py", "HAIR = ['black', 'white', 'brown', 'blond', 'yellow']  # hair color of the face" },
        { "pictures in black and white", "gray.py", "img = cv2.cvtColor(face, GRAY)  # black and white image of the face" },
        { "classes of a utility style sheet", "Panel.tsx", "const cls = { face: 'text-white bg-black', box: 'border-yellow' };" },
        { "the colours of escape codes", "ansi.py", "BLACK, WHITE, YELLOW = '\\033[30m', '\\033[37m', '\\033[33m'  # log of the face service" },
        { "packages named after the word", "package-lock.json", "{\"packages\": {\"node_modules/race\": {\"version\": \"1.0.0\"}, \"node_modules/p-race\": {\"version\": \"1\"}}}" },
        { "race photographs", "photos.py", "race_photos = find_runner(race_id, bib)  # photo finish of the marathon" },
        { "a race between a face and a timer", "timer.js", "const winner = await Promise.race([face.load(), timer]);" },
        { "what varies in training data, denied", "card.md", "The model must not be used to infer race or ethnicity from a face.\n" },
        { "political news", "news.md", "The conservative party and the liberal party vote on a law about face recognition.\n" },
        { "SQL's union", "q.sql", "SELECT face_id FROM a UNION ALL SELECT face_id FROM b;" },
        { "a C union", "u.h", "typedef union { float f[4]; int i[4]; } face_vec;" },
        { "orientation of a picture", "exif.py", "orientation = exif['Orientation']  # rotate the face image" },
        { "a political word elsewhere", "gc.md", "The collector is conservative, the estimate liberal, the party third.\n" },
        { "error rates of a face matcher by group", "plot.py", "GROUPS = ['Asian', 'Caucasian', 'Indian', 'African']\nframe = pd.DataFrame({'Demographic group': GROUPS, 'FPR': fpr, 'FNR': fnr})\nsns.barplot(frame, x='Demographic group', y='FPR')" },
        { "error rates by group, in Portuguese", "taxas.py", "GRUPOS = ['Asian', 'Caucasian', 'Indian', 'African']\nprint('taxa de falsos positivos por grupo', fp)\nprint('taxa de falsos negativos', fn)" },
        { "error rates by group, in Chinese", "eval.py", "GROUPS = ['Asian', 'Caucasian', 'Indian', 'African']\nplt.title('不同种族的误识率')\nplt.ylabel('拒识率')" },
        { "the network of another attribute as JSON", "keras.json", "{\"class_name\": \"Sequential\", \"keras_version\": \"2.4\", \"config\": {\"layers\": [{\"class_name\": \"Dense\", \"config\": {\"name\": \"trace_output\", \"units\": 2}}]}}" },
        { "the word all beside a vendor", "list.py", "import facepp\nshow('all', detected)\nif all(faces): print('all')" },
        { "a list of third parties", "third.md", "Parties: third-party notices, left and right eye.\n" },
    };

    [Theory]
    [MemberData(nameof(Innocent))]
    public void Innocent_text_gives_neither_error_nor_warning(string what, string path, string text)
    {
        var report = Product.Scan(Product.FaceService, (path, text));
        Assert.False(report.Findings.Any(finding => finding.Level != Level.Note), $"{what}:\n{Product.Describe(report)}");
    }

    public static TheoryData<string, string, string> WithoutPersons => new()
    {
        { "a motor race", "results.py", "def get_race_results(season): return [race.laps for race in season.races]" },
        { "fantasy peoples of a game", "races.json", "[{\"race\": \"Elf\", \"subraces\": [\"High Elf\", \"Wood Elf\"], \"spells\": 3}, {\"race\": \"Dwarf\", \"character\": \"cleric\"}]" },
        { "fields of an identity card", "idcard.py", "FIELDS = {'姓名': 'name', '性别': 'sex', '民族': 'nation', '出生': 'birth', '住址': 'address', '公民身份号码': 'id'}" },
        { "the list of all peoples in a form", "nations.js", "export const nations = ['汉族','蒙古族','回族','藏族','维吾尔族','苗族','彝族','壮族','布依族','朝鲜族','满族','侗族','瑶族','白族'];" },
        { "a study of breeds", "dogs.py", "import torch\nbreeds = ['chinese crested dog', 'mexican hairless', 'german shepherd', 'irish terrier']\nmodel.predict(image)" },
        { "a census table", "census.csv", "county,ethnicity,population\nKent,White,10\n" },
        { "a package named after breeds", "package.json", "{\"name\": \"dog-race-recognition-ui\", \"keywords\": [\"dog race recognition\"]}" },
        { "a form in a health record", "us-core.json", "{\"extension\": [{\"url\": \"us-core-race\"}, {\"url\": \"us-core-ethnicity\"}]}" },
        { "a form in a staff system, in Chinese", "staff.vue", "<el-form-item label=\"民族\" prop=\"nation\"></el-form-item>\n<el-option v-for=\"n in ['汉族','回族','藏族','维吾尔族']\">" },
    };

    [Theory]
    [MemberData(nameof(WithoutPersons))]
    public void What_would_be_a_tag_of_a_face_is_none_in_a_product_without_faces(string what, string path, string text)
    {
        var report = Product.Scan((path, text));
        Assert.False(report.Findings.Any(finding => finding.Level != Level.Note), $"{what}:\n{Product.Describe(report)}");
    }
}
