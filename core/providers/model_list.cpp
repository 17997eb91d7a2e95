#include "core/providers/model_list.h"

#include "core/common/json.h"
#include "core/providers/json_repair.h"
#include "core/providers/texts.h"
#include "core/providers/whole_body.h"

namespace headgate::providers {

Result<Protocol::ModelPage> modelPageIn(const QByteArray &body, const HttpOutcome &outcome,
                                        const Protocol &protocol,
                                        const FailureClassifier &classifier)
{
    if (const auto answer = parseJson(repairedJson(body))) {
        if (auto page = protocol.modelsIn(*answer))
            return std::move(*page);
        if (const auto error = apiErrorIn(*answer))
            return failFrom(classifier.ofAnswer(outcome.head, *error, false));
    }
    return failFrom(classifier.ofNonsense(outcome.head, Texts::tr("there is no list of models"),
                                          apiErrorOfBody(body).message, false));
}

} // namespace headgate::providers
