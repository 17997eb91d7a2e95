#include "core/text/language_detection.h"

#include <QTest>

using namespace headgate;
using namespace Qt::StringLiterals;

class TestLanguageDetection final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheLanguage_data()
    {
        QTest::addColumn<QString>("text");
        const auto row = [](const char *language, const QString &text) {
            QTest::addRow("%s: %s", language, qPrintable(text.left(24))) << text;
        };
        row("en", u"What is the capital of France?"_s);
        row("en", u"A train leaves at 9:40 and arrives 95 minutes later. When does it arrive?"_s);
        row("en", u"Please explain how a router works."_s);
        row("de", u"Was ist die Hauptstadt von Frankreich?"_s);
        row("de", u"Ein Zug fährt um 9:40 Uhr ab und braucht 95 Minuten. Wann kommt er an?"_s);
        row("de", u"Hallo, wie geht es dir?"_s);
        row("fr", u"Quelle est la capitale de la France ?"_s);
        row("fr", u"Le train part à 9 h 40 et met 95 minutes. À quelle heure arrive-t-il ?"_s);
        row("fr", u"Explique-moi comment ça marche, s'il te plaît."_s);
        row("es", u"¿Cuál es la capital de Francia?"_s);
        row("es", u"El tren sale a las 9:40 y tarda 95 minutos. ¿A qué hora llega?"_s);
        row("es", u"Escribe un poema corto sobre el mar y los peces."_s);
        row("it", u"Qual è la capitale della Francia?"_s);
        row("it", u"Il treno parte alle 9:40 e impiega 95 minuti. Quando arriva?"_s);
        row("it", u"Spiega come funziona un motore elettrico."_s);
        row("pt", u"Qual é a capital da França?"_s);
        row("pt", u"O trem parte às 9:40 e leva 95 minutos. Quando ele chega ao destino?"_s);
        row("pt", u"Você pode me ajudar com uma tarefa? Não sei como fazer isso."_s);
        row("nl", u"Wat is de hoofdstad van Frankrijk?"_s);
        row("nl",
            u"De trein vertrekt om 9:40 en doet er 95 minuten over. Hoe laat komt hij aan?"_s);
        row("sv", u"Vad är Frankrikes huvudstad och hur många bor där?"_s);
        row("sv", u"Jag vill att du skriver en kort text om vad som hände."_s);
        row("da", u"Hvad er hovedstaden i Frankrig, og hvor mange bor der?"_s);
        row("da", u"Jeg ved ikke, hvordan det blev gjort af dem efter mødet."_s);
        row("no", u"Hva er hovedstaden i Frankrike, og hvor mange bor der nå?"_s);
        row("no", u"Jeg vet ikke hvordan det ble gjort av dem etter møtet."_s);
        row("fi", u"Mikä on Ranskan pääkaupunki ja kuinka monta ihmistä siellä on?"_s);
        row("pl", u"Jakie miasto jest stolicą Francji?"_s);
        row("pl", u"Napisz krótki wiersz o morzu, proszę."_s);
        row("cs", u"Jaké je hlavní město Francie a kolik lidí tam žije?"_s);
        row("hu", u"Mi Franciaország fővárosa, és hány ember él ott?"_s);
        row("tr", u"Fransa'nın başkenti neresidir ve orada kaç kişi yaşıyor?"_s);
        row("tr", u"Bana kısa bir şiir yaz lütfen."_s);
        row("ro", u"Care este capitala Franței și câți oameni trăiesc acolo?"_s);
        row("id", u"Apa ibu kota Prancis dan berapa orang yang tinggal di sana?"_s);
        row("vi", u"Thủ đô của Pháp là gì và có bao nhiêu người sống ở đó?"_s);
        row("ru", u"Какой город является столицей Франции?"_s);
        row("ru", u"Привет, как дела?"_s);
        row("uk", u"Яке місто є столицею Франції?"_s);
        row("uk", u"Привіт, як справи?"_s);
        row("bg", u"Кой град е столица на Франция и къде се намира?"_s);
        row("el", u"Ποια είναι η πρωτεύουσα της Γαλλίας;"_s);
        row("ja", u"フランスの首都はどこですか。"_s);
        row("ja", u"東京特許許可局長の年収を教えて"_s);
        row("ko", u"프랑스의 수도는 어디입니까?"_s);
        row("zh", u"法国的首都是哪里？"_s);
        row("ar", u"ما هي عاصمة فرنسا؟"_s);
        row("fa", u"پایتخت فرانسه کجاست؟"_s);
        row("he", u"מהי בירת צרפת?"_s);
        row("hi", u"फ्रांस की राजधानी क्या है?"_s);
        row("th", u"เมืองหลวงของฝรั่งเศสคืออะไร"_s);
    }
    void namesTheLanguage()
    {
        QFETCH(const QString, text);
        const QString expected = QString::fromUtf8(QTest::currentDataTag()).left(2);
        QCOMPARE(text::detectLanguage(text), expected);
        // A letter with its accent apart is the same letter.
        QCOMPARE(text::detectLanguage(text.normalized(QString::NormalizationForm_D)), expected);
        QCOMPARE(text::detectLanguage(text.toUpper()), expected);
    }

    void saysNothingWhereUnsure_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("blank") << u"  \n "_s;
        QTest::newRow("emoji") << u"😀🎉👍🏽 🇫🇷"_s;
        QTest::newRow("numbers") << u"12 + 30 = ?"_s;
        QTest::newRow("one letter") << u"x"_s;
        QTest::newRow("names") << u"Amsterdam Berlin Chicago Dresden"_s;
        QTest::newRow("nonsense") << u"qwrt zxcv plmk bnhg tgbv"_s;
        QTest::newRow("half and half") << u"the river and 法国的首都"_s;
        QTest::newRow("lone surrogates") << QString(40, QChar(0xDC00));
    }
    void saysNothingWhereUnsure()
    {
        QFETCH(const QString, text);
        QCOMPARE(text::detectLanguage(text), QString());
    }

    void readsHugeTexts()
    {
        const QString german = u"Der Fluss stieg in der Nacht und fiel am Morgen wieder. "_s;
        QCOMPARE(text::detectLanguage(german.repeated((1 << 20) / german.size())), u"de"_s);
        QCOMPARE(text::detectLanguage(QString(1 << 20, u'a')), QString());
        QCOMPARE(text::detectLanguage(QString(1 << 20, QChar(0x6C34))), u"zh"_s);
        QCOMPARE(text::detectLanguage(QString(1 << 20, u' ')), QString());
    }
};

QTEST_GUILESS_MAIN(TestLanguageDetection)
#include "tst_language_detection.moc"
