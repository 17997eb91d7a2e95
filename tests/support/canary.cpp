#include "tests/support/canary.h"

#include "tests/support/wire_text.h"

#include <QDirIterator>
#include <QFile>
#include <QList>

using namespace Qt::StringLiterals;

namespace headgate::test {

namespace {

QByteArray utf16(const QString &text)
{
    return QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
}

QList<QByteArray> spellings()
{
    QList<QByteArray> list;
    for (const char *key : {kShapelyKey, kPlainKey})
        list << QByteArray(key) << QByteArray(key).toPercentEncoding()
             << QByteArray(key).toBase64(QByteArray::OmitTrailingEquals) << QByteArray(key).toHex()
             << utf16(QString::fromLatin1(key));
    return list;
}

} // namespace

QString keyFoundIn(const QString &where, const QByteArray &bytes)
{
    static const QList<QByteArray> all = spellings();
    for (const QByteArray &each : all) {
        if (const qsizetype at = bytes.indexOf(each); at >= 0)
            return u"%1 holds a key: …%2…"_s.arg(
                where, QString::fromUtf8(bytes.mid(qMax(qsizetype(0), at - 60), 160)));
    }
    return {};
}

QString keyFoundBelow(const QString &folder)
{
    QDirIterator each(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        QFile file(each.next());
        if (!file.open(QIODevice::ReadOnly))
            return u"%1 cannot be read"_s.arg(file.fileName());
        if (const QString found = keyFoundIn(file.fileName(), file.readAll()); !found.isEmpty())
            return found;
    }
    return {};
}

QByteArray echoingError(int status, const QByteArray &key)
{
    return httpResponse(
        status,
        "{\"error\":{\"message\":\"Wrong key " + key + " in ?key=" + key + "\",\"type\":\"" + key +
            "\",\"code\":\"" + key + "\",\"param\":\"" + key + "\"}}",
        {"Content-Type: application/json", "x-request-id: " + key, "Connection: close"});
}

QByteArray echoingAnswer(const QByteArray &key)
{
    return httpResponse(
        200,
        "{\"id\":\"" + key + "\",\"model\":\"" + key +
            "\",\"choices\":[{\"index\":0,\"finish_reason\":\"" + key +
            "\",\"message\":{\"role\":\"assistant\",\"content\":\"Your key is " + key + ".\"}}]}",
        {"Content-Type: application/json", "x-request-id: " + key, "Connection: close"});
}

} // namespace headgate::test
