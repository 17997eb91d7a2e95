#include "tests/support/pdf_text.h"

#include <QHash>
#include <QMap>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace headgate::test {

namespace {

struct PdfObject
{
    QByteArray dictionary;
    QByteArray stream; // unpacked
};

QByteArray inflated(const QByteArray &packed)
{
    // qUncompress() wants the expected size before it; it grows beyond that by itself.
    return qUncompress(QByteArray::fromHex("00010000") + packed);
}

PdfObject objectIn(const QByteArray &body)
{
    const qsizetype begin = body.indexOf("stream");
    if (begin < 0)
        return {body, {}};
    PdfObject object{body.first(begin), {}};
    const qsizetype from = body.indexOf('\n', begin) + 1;
    const qsizetype end = body.lastIndexOf("endstream");
    const QByteArray raw = body.mid(from, end - from);
    object.stream = object.dictionary.contains("/FlateDecode") ? inflated(raw) : raw;
    return object;
}

QMap<int, PdfObject> objectsIn(const QByteArray &pdf)
{
    QMap<int, PdfObject> objects;
    for (qsizetype at = pdf.indexOf(" 0 obj"); at >= 0;) {
        const qsizetype line = pdf.lastIndexOf('\n', at) + 1;
        const int number = pdf.mid(line, at - line).trimmed().toInt();
        const qsizetype end = pdf.indexOf("endobj", at);
        objects.insert(number, objectIn(pdf.mid(at + 6, end - at - 6)));
        at = end < 0 ? -1 : pdf.indexOf(" 0 obj", end);
    }
    return objects;
}

QString fromHexUtf16(const QString &hex)
{
    QString text;
    for (qsizetype i = 0; i + 4 <= hex.size(); i += 4)
        text += QChar(char16_t(hex.mid(i, 4).toUInt(nullptr, 16)));
    return text;
}

// "<first> <last> <unicode>" and "<first> <last> [<unicode> <unicode>]".
QHash<uint, QString> glyphsIn(const QByteArray &table)
{
    static const QRegularExpression range(
        u"<([0-9A-Fa-f]+)>\\s*<([0-9A-Fa-f]+)>\\s*(?:<([0-9A-Fa-f]+)>|\\[([^\\]]*)\\])"_s);
    static const QRegularExpression one(u"<([0-9A-Fa-f]+)>"_s);
    QHash<uint, QString> glyphs;
    const QString text =
        QString::fromLatin1(table.mid(qMax(qsizetype(0), table.indexOf("beginbf"))));
    for (auto each = range.globalMatch(text); each.hasNext();) {
        const QRegularExpressionMatch match = each.next();
        uint glyph = match.captured(1).toUInt(nullptr, 16);
        const uint last = match.captured(2).toUInt(nullptr, 16);
        if (match.hasCaptured(4)) {
            for (auto item = one.globalMatch(match.captured(4)); item.hasNext();)
                glyphs.insert(glyph++, fromHexUtf16(item.next().captured(1)));
            continue;
        }
        QString unicode = fromHexUtf16(match.captured(3));
        for (; glyph <= last && !unicode.isEmpty(); ++glyph) {
            glyphs.insert(glyph, unicode);
            unicode.back() = QChar(char16_t(unicode.back().unicode() + 1));
        }
    }
    return glyphs;
}

QHash<int, QHash<uint, QString>> fontsOf(const QMap<int, PdfObject> &objects)
{
    static const QRegularExpression reference(u"/ToUnicode (\\d+) 0 R"_s);
    QHash<int, QHash<uint, QString>> fonts;
    for (auto object = objects.begin(); object != objects.end(); ++object) {
        const auto match = reference.match(QString::fromLatin1(object->dictionary));
        if (match.hasMatch())
            fonts.insert(object.key(), glyphsIn(objects.value(match.captured(1).toInt()).stream));
    }
    return fonts;
}

} // namespace

QByteArray unpackedPdf(const QByteArray &pdf)
{
    QByteArray all = pdf;
    for (const PdfObject &object : objectsIn(pdf))
        all += object.stream + '\n';
    return all;
}

QString textOfPdf(const QByteArray &pdf)
{
    static const QRegularExpression word(u"/F(\\d+) [-\\d.]+ Tf|<([0-9A-Fa-f]+)>\\s*Tj|\\bET\\b"_s);
    const QMap<int, PdfObject> objects = objectsIn(pdf);
    const auto fonts = fontsOf(objects);
    QString text;
    for (const PdfObject &object : objects) {
        int font = 0;
        for (auto each = word.globalMatch(QString::fromLatin1(object.stream)); each.hasNext();) {
            const QRegularExpressionMatch match = each.next();
            if (match.hasCaptured(1))
                font = match.captured(1).toInt();
            else if (match.hasCaptured(2))
                text += fonts.value(font).value(match.captured(2).toUInt(nullptr, 16));
            else
                text += u'\n';
        }
    }
    return text.replace(u'\t', u' '); // a font's table may give a space so
}

} // namespace headgate::test
