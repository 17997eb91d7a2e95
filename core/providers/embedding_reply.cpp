#include "core/providers/embedding_reply.h"

#include "core/providers/json_parser.h"
#include "core/providers/texts.h"
#include "core/providers/whole_body.h"

#include <QtEndian>

#include <bit>
#include <cmath>

namespace headgate::providers {

using simdjson::dom::element;

namespace {

QList<float> fromNumbers(const simdjson::dom::array &numbers)
{
    QList<float> vector;
    for (const element value : numbers) {
        double number = 0;
        if (value.get(number) != simdjson::SUCCESS || !std::isfinite(float(number)))
            return {};
        vector.append(float(number));
    }
    return vector;
}

QList<float> fromBase64(std::string_view text)
{
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray(text.data(), qsizetype(text.size())), QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || (*decoded).size() % qsizetype(sizeof(float)) != 0)
        return {};
    QList<float> vector;
    for (qsizetype at = 0; at < (*decoded).size(); at += qsizetype(sizeof(float))) {
        const float number =
            std::bit_cast<float>(qFromLittleEndian<quint32>((*decoded).constData() + at));
        if (!std::isfinite(number))
            return {};
        vector.append(number);
    }
    return vector;
}

bool isUsable(const Embeddings &embeddings, qsizetype count)
{
    const QList<QList<float>> &vectors = embeddings.vectors;
    return vectors.size() == count &&
           std::all_of(vectors.begin(), vectors.end(), [&vectors](const QList<float> &vector) {
               return !vector.isEmpty() && vector.size() == vectors.first().size();
           });
}

} // namespace

QList<float> vectorIn(const element &value)
{
    simdjson::dom::array numbers;
    if (value.get(numbers) == simdjson::SUCCESS)
        return fromNumbers(numbers);
    std::string_view text;
    return value.get(text) == simdjson::SUCCESS ? fromBase64(text) : QList<float>();
}

QList<float> unitVector(QList<float> vector)
{
    double sum = 0;
    for (const float number : vector)
        sum += double(number) * double(number);
    const double length = std::sqrt(sum);
    if (length > 0) {
        for (float &number : vector)
            number = float(double(number) / length);
    }
    return vector;
}

Result<Embeddings> embeddingsInBody(const QByteArray &body, qsizetype count,
                                    const HttpOutcome &outcome, const Protocol &protocol,
                                    const Endpoint &endpoint, const FailureClassifier &classifier)
{
    JsonParser parser;
    element root;
    if (parser.parse(body, root)) {
        auto embeddings = protocol.embeddingsIn(root, endpoint);
        if (embeddings && isUsable(*embeddings, count))
            return std::move(*embeddings);
        if (embeddings)
            return failFrom(classifier.ofNonsense(
                outcome.head, Texts::tr("its vectors do not fit the texts"), {}, false));
        const ApiError error = apiErrorOfBody(body);
        if (root.is_object() && root["error"].error() == simdjson::SUCCESS)
            return failFrom(classifier.ofAnswer(outcome.head, error, false));
    }
    return failFrom(classifier.ofNonsense(outcome.head, Texts::tr("there are no vectors"),
                                          apiErrorOfBody(body).message, false));
}

} // namespace headgate::providers
