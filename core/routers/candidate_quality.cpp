#include "core/routers/candidate_quality.h"

#include "core/routers/task_kind.h"
#include "core/routers/texts.h"
#include "core/routers/trained_routing.h"
#include "core/text/token_estimate.h"

#include <cmath>

namespace headgate::routers {

using namespace Qt::StringLiterals;

namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
const QString kAnyTask = u"any"_s;

class LearnedQuality final : public QualitySource
{
public:
    LearnedQuality(std::shared_ptr<const learning::TrainedModel> trained,
                   std::vector<size_t> outputs)
        : m_trained(std::move(trained))
        , m_outputs(std::move(outputs))
    {
    }

    QString embedder() const override { return m_trained->model->embedder(); }

    Result<> estimate(const policy::Query &query, const RouterInputs &inputs,
                      CandidateQualities &qualities) const override
    {
        const QString prompt = query.prompt();
        const auto input = inputFor(*m_trained->model, prompt, inputs);
        if (!input)
            return tl::unexpected(input.error());
        const learning::Prediction prediction = m_trained->model->predict(*input);
        qualities.values.clear();
        for (const size_t output : m_outputs)
            qualities.values.push_back(prediction.values[output]);
        qualities.familiarity = prediction.familiarity;
        qualities.task.clear();
        return {};
    }

private:
    std::shared_ptr<const learning::TrainedModel> m_trained;
    std::vector<size_t> m_outputs; // by candidate
};

class ScoredQuality final : public QualitySource
{
public:
    explicit ScoredQuality(QMap<QString, std::vector<double>> scores)
        : m_scores(std::move(scores))
    {
    }

    Result<> estimate(const policy::Query &query, const RouterInputs &,
                      CandidateQualities &qualities) const override
    {
        const auto any = m_scores.constFind(kAnyTask);
        qualities.values = *any;
        qualities.familiarity = 1;
        qualities.task.clear();
        if (m_scores.size() == 1)
            return {};
        const auto own = m_scores.constFind(taskKindOf(query.prompt(), tokensOf(query)));
        if (own == any || own == m_scores.cend())
            return {};
        qualities.task = own.key();
        for (size_t candidate = 0; candidate < own->size(); ++candidate) {
            if (!std::isnan((*own)[candidate]))
                qualities.values[candidate] = (*own)[candidate];
        }
        return {};
    }

private:
    QMap<QString, std::vector<double>> m_scores; // by task, then candidate; "any" is always there
};

Result<std::unique_ptr<QualitySource>> learnedQuality(const Json &config,
                                                      const QStringList &candidates,
                                                      const QList<policy::Model> &models,
                                                      const learning::ArtifactShelf &artifacts)
{
    auto trained = modelOf(config, learning::TargetKind::Qualities, artifacts);
    if (!trained)
        return tl::unexpected(std::move(trained).error());
    const QStringList &known = (*trained)->model->outputs();
    std::vector<size_t> outputs;
    for (const QString &candidate : candidates) {
        qsizetype output = known.indexOf(candidate);
        for (const policy::Model &model : models) {
            if (output < 0 && model.name == candidate)
                output = known.indexOf(model.model);
        }
        if (output < 0)
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("“%1” does not estimate “%2”; it knows %3. Train it on outcomes "
                                  "of this model, or take the candidate out.")
                            .arg((*trained)->file, candidate, known.join(", "_L1)));
        outputs.push_back(size_t(output));
    }
    return std::make_unique<LearnedQuality>(std::move(*trained), std::move(outputs));
}

// The table of the config: [{"model", "task": "any", "quality": in [0, 1]}].
Result<std::unique_ptr<QualitySource>> scoredQuality(const Json &config, const char *key,
                                                     const QStringList &candidates)
{
    const std::vector<double> unknown(size_t(candidates.size()), kUnknown);
    QMap<QString, std::vector<double>> scores{{kAnyTask, unknown}};
    const auto list = config.find(key);
    for (const Json &entry : list != config.end() && list->is_array() ? *list : Json::array()) {
        const qsizetype candidate = candidates.indexOf(jsonString(entry, "model"));
        if (candidate < 0)
            continue;
        const double quality = jsonNumber(entry, "quality", -1);
        if (!(quality >= 0 && quality <= 1))
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("The quality of “%1” must be a number from 0 to 1.")
                            .arg(candidates[candidate]));
        auto &row = scores[jsonString(entry, "task", kAnyTask)];
        row.resize(unknown.size(), kUnknown);
        row[size_t(candidate)] = quality;
    }
    for (qsizetype candidate = 0; candidate < candidates.size(); ++candidate) {
        if (std::isnan(scores[kAnyTask][size_t(candidate)]))
            return fail(ErrorCode::NeedsTraining,
                        Texts::tr("There is no quality of “%1”; give it a figure, or measure it on "
                                  "a data set.")
                            .arg(candidates[candidate]));
    }
    return std::make_unique<ScoredQuality>(std::move(scores));
}

} // namespace

Result<std::unique_ptr<QualitySource>> makeQualitySource(const Json &config,
                                                         const QStringList &candidates,
                                                         const QList<policy::Model> &models,
                                                         const learning::ArtifactShelf &artifacts)
{
    const QString estimator = jsonString(config, "estimator", u"measured"_s);
    if (estimator == "learned"_L1)
        return learnedQuality(config, candidates, models, artifacts);
    return scoredQuality(config, estimator == "static"_L1 ? "scores" : "measured", candidates);
}

qint64 tokensOf(const policy::Query &query)
{
    return query.estimatedTokens > 0 ? query.estimatedTokens : text::estimateTokens(query.messages);
}

} // namespace headgate::routers
