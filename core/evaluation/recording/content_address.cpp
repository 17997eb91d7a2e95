#include "core/evaluation/recording/content_address.h"

#include "core/evaluation/datasets/prompt_columns.h"

#include <QCryptographicHash>

namespace headgate::evaluation {

namespace {

Json asked(const policy::Model &model)
{
    return {{"provider", toStdString(model.provider)}, {"parameters", model.parameters}};
}

} // namespace

ModelMark markOf(const policy::Model &model)
{
    const QByteArray hash =
        QCryptographicHash::hash(compactJson(asked(model)), QCryptographicHash::Sha256);
    return {model.model, QString::fromLatin1(hash.toHex().first(8))};
}

QByteArray contentAddress(const policy::Model &model, const QList<Message> &messages)
{
    Json what = asked(model);
    what["model"] = toStdString(model.model);
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(compactJson(what));
    hash.addData(QByteArrayView("\n"));
    hash.addData(messagesText(messages).toUtf8());
    return hash.result();
}

} // namespace headgate::evaluation
