#include "pseudo_translator.h"

using namespace Qt::StringLiterals;

namespace headgate::test {

namespace {

QChar accented(QChar letter)
{
    static const QString plain = u"aceinouyACEINOUY"_s;
    static const QString other = u"áçéíñöúýÁÇÉÍÑÖÚÝ"_s;
    const qsizetype at = plain.indexOf(letter);
    return at < 0 ? letter : other[at];
}

// The length of what must stay as it is at this place: "%1", "%L1", "%n", "%Ln", "<b>".
qsizetype keptAt(const QString &text, qsizetype at)
{
    static const QRegularExpression kept(u"\\G(%L?[n\\d]+|<[^<>]*>|&\\w+;)"_s);
    const auto match = kept.match(text, at, QRegularExpression::NormalMatch,
                                  QRegularExpression::AnchorAtOffsetMatchOption);
    return match.hasMatch() ? match.capturedLength() : 0;
}

} // namespace

QString PseudoTranslator::translate(const char *, const char *source, const char *, int) const
{
    const QString text = QString::fromUtf8(source);
    QString made;
    for (qsizetype at = 0; at < text.size();) {
        if (const qsizetype kept = keptAt(text, at); kept > 0) {
            made += text.mid(at, kept);
            at += kept;
        } else {
            made += accented(text[at++]);
        }
    }
    const qsizetype longer = (text.size() * 2 + 4) / 5 - 2; // the marks are two of the 40 %
    if (longer > 0)
        made += QString(longer, u'~');
    return u'«' + made + u'»';
}

QString untranslatedPart(const QString &shown)
{
    QString left;
    int depth = 0;
    for (const QChar c : shown) {
        if (c == u'«')
            ++depth;
        else if (c == u'»')
            --depth;
        else if (depth == 0)
            left += c;
    }
    return left;
}

} // namespace headgate::test
