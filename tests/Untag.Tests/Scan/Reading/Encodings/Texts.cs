using Untag.Scan.Reading.Encodings;

namespace Untag.Tests.Scan.Reading.Encodings;

/// <summary>A few sentences in each language, with the encodings that they are written in.</summary>
internal static class Texts
{
    public const string Chinese =
        "本模块对摄像头拍到的每一张人脸进行检测，并输出年龄、性别以及种族等属性。\n"
        + "如果没有找到人脸，则返回空的列表；使用者可以在设置里打开或者关闭民族识别功能。\n";

    public const string Taiwanese =
        "本模組會偵測攝影機拍到的每一張人臉，並輸出年齡、性別以及種族等屬性。\n"
        + "如果沒有找到人臉，就傳回空的清單；使用者可以在設定裡開啟或關閉民族辨識功能。\n";

    public const string Japanese =
        "このモジュールはカメラで撮影された顔を検出し、年齢や性別、人種などの属性を出力します。\n"
        + "顔が見つからないときは空のリストを返します。民族の判定は設定で無効にすることができます。\n";

    public const string Korean =
        "이 모듈은 카메라로 찍은 얼굴을 찾아서 나이와 성별 그리고 인종 같은 속성을 출력합니다.\n"
        + "얼굴을 찾지 못하면 빈 목록을 돌려줍니다. 민족 판별 기능은 설정에서 끌 수 있습니다.\n";

    public const string Russian =
        "Модуль находит лица на кадрах камеры и сообщает возраст, пол, а также расу человека.\n"
        + "Если лицо не найдено, возвращается пустой список. Определение национальности можно отключить в настройках.\n";

    public const string French =
        "Ce module détecte les visages filmés par la caméra et donne l’âge, le sexe et l'ethnicité de chaque personne.\n"
        + "Si aucun visage n'a été trouvé, la liste renvoyée est vide. Le réglage « origine » peut être désactivé.\n";

    public const string German =
        "Dieses Modul findet die Gesichter im Bild und gibt für jedes das Alter, das Geschlecht und die Rasse zurück.\n"
        + "Wird kein Gesicht gefunden, ist die Liste leer. Die Schätzung der Herkunft läßt sich abschalten.\n";

    public const string Turkish =
        "Bu modül kameranın çektiği yüzleri bulur; her kişi için yaş, cinsiyet ve ırk bilgisini döndürür.\n"
        + "Yüz bulunamazsa boş bir liste döner. Etnik köken tahmini ayarlardan kapatılabilir, varsayılan değer açıktır.\n";

    public const string Arabic =
        "تكتشف هذه الوحدة الوجوه في الصورة وتعيد العمر والجنس والعرق لكل شخص.\n"
        + "إذا لم يتم العثور على وجه فإن القائمة تكون فارغة ويمكن إيقاف تحديد الأصل من الإعدادات.\n";

    /// <summary>Each text with the name of each encoding that it is written in.</summary>
    public static TheoryData<string, string> All => new()
    {
        { "GB18030", Chinese },
        { "Big5", Taiwanese },
        { "Shift_JIS", Japanese },
        { "EUC-JP", Japanese },
        { "EUC-KR", Korean },
        { "windows-1251", Russian },
        { "KOI8-R", Russian },
        { "windows-1252", French },
        { "windows-1252", German },
        { "windows-1254", Turkish },
        { "windows-1256", Arabic },
    };

    /// <summary>The bytes of a text in an encoding.</summary>
    public static byte[] Encode(string encoding, string text) =>
        LegacyEncoding.All.Single(legacy => legacy.Name == encoding).Strict.GetBytes(text);
}
