#include "core/learning/text_block.h"

#include "core/learning/artifact_file.h"

namespace headgate::learning {

using namespace Qt::StringLiterals;

QByteArray blockOfTexts(const QStringList &texts)
{
    std::vector<quint32> lengths;
    QByteArray bytes;
    for (const QString &text : texts) {
        const QByteArray kept = text.toUtf8();
        lengths.push_back(quint32(kept.size()));
        bytes += kept;
    }
    return blockOf(lengths) + bytes;
}

Result<QStringList> textsIn(const Artifact &artifact, const QString &name, qsizetype count)
{
    const QByteArray block = artifact.blocks.value(name);
    const qsizetype head = count * qsizetype(sizeof(quint32));
    if (block.size() < head)
        return damagedArtifact(u"block “%1” is cut short"_s.arg(name));
    std::vector<quint32> lengths(static_cast<size_t>(count));
    std::copy_n(block.constData(), head, reinterpret_cast<char *>(lengths.data()));
    QStringList texts;
    qsizetype at = head;
    for (const quint32 length : lengths) {
        if (qsizetype(length) > block.size() - at)
            return damagedArtifact(u"block “%1” is cut short"_s.arg(name));
        texts.append(QString::fromUtf8(QByteArrayView(block).sliced(at, qsizetype(length))));
        at += qsizetype(length);
    }
    if (at != block.size())
        return damagedArtifact(u"block “%1” holds more than its texts"_s.arg(name));
    return texts;
}

} // namespace headgate::learning
