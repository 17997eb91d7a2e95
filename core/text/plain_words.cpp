#include "core/text/plain_words.h"

using namespace Qt::StringLiterals;

namespace headgate::text {

QStringList plainWords(const QString &text, Articles articles)
{
    const QString plain = text.normalized(QString::NormalizationForm_KC).toCaseFolded();
    QString kept;
    kept.reserve(plain.size());
    for (const QChar c : plain) {
        if (!c.isPunct() || c == u'%')
            kept += c;
        else if (c != u'\'' && c != u'’')
            kept += u' ';
    }
    QStringList words = kept.simplified().split(u' ', Qt::SkipEmptyParts);
    if (articles == Articles::Drop)
        words.removeIf([](const QString &word) {
            return word == "a"_L1 || word == "an"_L1 || word == "the"_L1;
        });
    return words.isEmpty() ? QStringList{plain.simplified()} : words;
}

} // namespace headgate::text
