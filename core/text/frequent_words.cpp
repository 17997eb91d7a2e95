#include "core/text/frequent_words.h"

#include <QList>

#include <algorithm>
#include <vector>

namespace headgate::text {

namespace {

struct Vocabulary
{
    QStringView words;   // the ones met most often in prompts, separated by spaces
    QStringView letters; // those that not every language of the script has
};

// In the order of kWordLanguages.
constexpr std::array<Vocabulary, kWordLanguages.size()> kVocabularies = {{
    {u"the of and to in is that it for was on are as with his they be at this have from or had by "
     u"not but what all were we when your can there an which their if do how will each about out "
     u"then them she so some her would make like him into has look two more could go see no my "
     u"than "
     u"been who its now made did get may where does why explain write give find please many much "
     u"solve hello hi thanks answer question i you me us our should after before between",
     u""},
    {u"der die das und ist in den von zu mit sich auf für nicht es dem ein eine als auch an werden "
     u"aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war "
     u"haben "
     u"nur oder aber vor zur bis mehr durch man sein wurde kann ich du wir ihr mich dir mir bitte "
     u"was "
     u"warum wann wo wer hallo danke geht schreibe erkläre mein meine gibt doch wenn dann diese",
     u"äöüß"},
    {u"le la les de des du un une et est en que qui dans pour pas sur plus par ne se ce il elle au "
     u"avec son sont aux ou mais comme nous vous je tu leur cette ces si tout fait être ont ses qu "
     u"d l c quel quelle comment pourquoi où bonjour merci explique écris donne moi mon ma mes "
     u"très "
     u"peut entre sans aussi bien deux",
     u"àâçèéêëîïôùûœ"},
    {u"el la los las de del un una y en que es por con para no se su lo al como más pero sus le ya "
     u"este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo "
     u"nos "
     u"uno les ni contra otros ese eso qué cómo cuál dónde hola gracias explica escribe yo tú mi "
     u"son "
     u"está puede ser fue tiene",
     u"áéíóúñü"},
    {u"il lo la gli le di del della dei delle un una e è in che per con non si su come da al alla "
     u"nel "
     u"nella sono ma più anche questo questa ha se o i cosa perché quando dove chi ciao grazie "
     u"scrivi "
     u"spiega mi ti ci quale quanto essere stato hanno era tra molto può tutti suo sua degli alle "
     u"arriva sul qualcosa fa",
     u"àèéìòù"},
    {u"o a os as de do da dos das um uma e é em que para por com não se no na nos nas ao mais como "
     u"mas foi ele ela seu sua ou ser quando muito já está eu também só pelo pela até isso entre "
     u"depois sem mesmo aos qual onde quem você olá obrigado explique escreva meu minha são tem há",
     u"ãõáâàéêíóôúç"},
    {u"de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij of uit "
     u"nog "
     u"naar ik je jij hij zij wij ze we hebben heeft had werd wordt door over wat waar hoe waarom "
     u"wie "
     u"hallo bedankt schrijf leg mijn deze dit die geen kan meer tot haar zo kunnen veel worden "
     u"goed",
     u"ëï"},
    {u"och i att det som en på är av för med den till har de inte om ett han men var jag från vi "
     u"så "
     u"kan när eller vad hur varför du ska skulle sig också nu alla efter mot där bara hon mycket "
     u"hej "
     u"tack skriv förklara min mitt detta vara blir utan över finns vilken",
     u"åäö"},
    {u"og i at det som en på er af for med den til har de ikke om et han men var jeg fra vi så kan "
     u"når "
     u"eller hvad hvordan hvorfor du skal skulle sig også nu alle efter mod der bare hun meget hej "
     u"tak "
     u"skriv forklar min dette være bliver blev uden over hvor mig dig",
     u"åæø"},
    {u"og i å at det som en på er av for med den til har de ikke om et han men var jeg fra vi så "
     u"kan "
     u"når eller hva hvordan hvorfor du skal skulle seg også nå alle etter mot der bare hun mye "
     u"hei "
     u"takk skriv forklar min dette være blir ble uten over hvor meg deg noe",
     u"åæø"},
    {u"ja on ei se että hän oli mutta kun niin ovat tai myös joka mitä miten miksi missä kuka minä "
     u"sinä me te he tämä kuin jos vain nyt sitten ole olla olen voi voit hei kiitos kirjoita "
     u"selitä "
     u"minun mikä kuinka jotka sen sitä tämän kaikki enemmän ennen jälkeen",
     u"äö"},
    {u"i w na z że się do nie jest to o jak po co tak za od przez dla ale czy jego są był być "
     u"tylko "
     u"ma już tym może oraz ich który która które jako bardzo gdy lub ja ty my wy dlaczego gdzie "
     u"kto "
     u"kiedy cześć dziękuję proszę napisz wyjaśnij mnie mi mój moja ile też ze jaki jaka jakie",
     u"ąćęłńóśźż"},
    {u"a je v na se že s z do to i o ve pro jako za by ale po si jsem jsou byl bylo být jak co kde "
     u"kdo proč kdy který která které nebo tak už jen také až od při mezi má podle ahoj děkuji "
     u"prosím "
     u"napiš vysvětli mi mě můj moje ne není jeho tento jaký jaká jaké kolik tam",
     u"áčďéěíňóřšťúůýž"},
    {u"a az és hogy nem is egy van ez meg de azt csak mint már vagy ha még én te mi ti ők volt "
     u"lesz "
     u"kell ki mit miért hol hogyan mikor sem el fel itt ott nagyon minden után szia köszönöm "
     u"kérem "
     u"írj magyarázd el nekem ezt amely lehet között",
     u"áéíóöőúüű"},
    {u"ve bir bu da de için ile çok ne var mi mı o ben sen biz siz onlar daha gibi ama olarak olan "
     u"en "
     u"kadar her sonra değil ki nasıl neden nerede kim hangi kaç şey bana beni merhaba teşekkürler "
     u"lütfen yaz açıkla benim yok olduğu ya içinde göre iki ise veya",
     u"çğıöşü"},
    {u"și în de la a cu un o nu pe că este din care pentru mai se ce sunt sau au dar ca al ale "
     u"fost "
     u"după lui ei el ea eu tu noi voi cum unde când cine cât prin fi fără foarte bună mulțumesc "
     u"scrie explică îmi mea meu acest această într toate doar",
     u"ăâîșțşţ"},
    {u"yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut "
     u"bisa "
     u"ada mereka lebih kata tahun sudah atau saat oleh menjadi orang ia telah adalah seperti "
     u"sebagai "
     u"bahwa dapat para harus kami kita apa bagaimana mengapa siapa tolong jelaskan tulis kamu "
     u"anda",
     u""},
    {u"là và của có không cho một được trong với các người này đã những để tôi bạn thì khi từ như "
     u"đó "
     u"ra về lại nào gì sao tại vì ở hãy viết giải thích xin chào cảm ơn làm thế nhiều rất cũng "
     u"hơn "
     u"đến trên phải",
     u"ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"},
    {u"и в не на я что он с как это по но они мы все она так его за из у к от же бы вы ты мне было "
     u"только ещё если или уже для когда где кто почему какой какая сколько есть нет привет "
     u"спасибо "
     u"пожалуйста напиши объясни дела быть чем при очень мой меня тебя этот эта является который "
     u"которая",
     u"ыэъё"},
    {u"і в не на я що він з як це по але вони ми все вона так його за із у к від ж би ви ти мені "
     u"було "
     u"тільки ще якщо або вже для коли де хто чому скільки є немає привіт дякую будь ласка "
     u"напиши поясни справи бути та до при дуже мій мене тебе цей ця добре який яке яка",
     u"іїєґ"},
    {u"и в не на аз че той с как това по но те ние всички тя така го за от у към се да е ще сте са "
     u"съм само още ако или вече когато къде кой защо какъв каква колко има няма здравей благодаря "
     u"моля напиши обясни при много ми ме този тази бъде който която",
     u"ъ"},
}};

using Entry = std::pair<QStringView, LanguageMask>;

std::vector<Entry> sortedWords()
{
    std::vector<Entry> entries;
    for (size_t language = 0; language < kVocabularies.size(); ++language) {
        for (const QStringView word : kVocabularies[language].words.split(u' '))
            entries.emplace_back(word, LanguageMask(1) << language);
    }
    std::sort(entries.begin(), entries.end());
    std::vector<Entry> merged;
    for (const Entry &entry : entries) {
        if (!merged.empty() && merged.back().first == entry.first)
            merged.back().second |= entry.second;
        else
            merged.push_back(entry);
    }
    return merged;
}

} // namespace

LanguageMask languagesOfWord(QStringView word)
{
    static const std::vector<Entry> words = sortedWords();
    const auto it = std::lower_bound(
        words.begin(), words.end(), word,
        [](const Entry &entry, QStringView wanted) { return entry.first < wanted; });
    return it != words.end() && it->first == word ? it->second : 0;
}

LanguageMask languagesOfLetter(QChar letter)
{
    LanguageMask mask = 0;
    for (size_t language = 0; language < kVocabularies.size(); ++language) {
        if (kVocabularies[language].letters.contains(letter))
            mask |= LanguageMask(1) << language;
    }
    return mask;
}

} // namespace headgate::text
