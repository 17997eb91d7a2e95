#include "core/learning/linear_model.h"

#include "core/learning/artifact_file.h"
#include "core/learning/model_header.h"
#include "core/learning/reliability.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

const QString kColumnsBlock = u"linear.columns"_s;
const QString kWeightsBlock = u"linear.weights"_s;
const QString kBiasesBlock = u"linear.biases"_s;
const QString kMeansBlock = u"linear.cue_means"_s;

// What the file says of one head.
Json described(const LinearHead &head)
{
    const Reliability reliability = reliabilityOf(head.predicted, head.targets);
    return {{"strength", head.strength},
            {"calibration", head.calibration.toJson()},
            {"held_out",
             {{"rows", reliability.rows},
              {"brier", reliability.brier},
              {"calibration_error", reliability.expectedError}}}};
}

bool isContained(QStringView part, QStringView whole)
{
    return whole.contains(part) || part.contains(whole);
}

} // namespace

void addLinearHeads(Artifact &artifact, const LinearHeads &heads, const QStringList &answering)
{
    heads.input.addTo(artifact);
    std::vector<quint32> columns;
    std::vector<float> weights;
    std::vector<float> biases;
    for (quint32 column = 0; column < heads.input.columns(); ++column) {
        const auto weighs = [column](const LinearHead &head) {
            return head.weights.weight[column] != 0;
        };
        if (std::none_of(heads.heads.begin(), heads.heads.end(), weighs))
            continue;
        columns.push_back(column);
        for (const LinearHead &head : heads.heads)
            weights.push_back(head.weights.weight[column]);
    }
    Json list = Json::array();
    for (const LinearHead &head : heads.heads) {
        biases.push_back(head.weights.bias);
        list.push_back(described(head));
    }
    artifact.header["heads"] = std::move(list);
    artifact.header["columns"] = columns.size();
    artifact.header["answering"] = Json::array();
    for (const QString &name : answering)
        artifact.header["answering"].push_back(toStdString(name));
    artifact.blocks.insert(kColumnsBlock, blockOf(columns));
    artifact.blocks.insert(kWeightsBlock, blockOf(weights));
    artifact.blocks.insert(kBiasesBlock, blockOf(biases));
    artifact.blocks.insert(kMeansBlock, blockOf(heads.cueMeans));
}

namespace {

// Weighted sums of what the query reads as, each through its calibration.
class LinearModel final : public PromptModel
{
public:
    static Result<std::unique_ptr<PromptModel>> from(const Artifact &artifact)
    {
        auto model = std::make_unique<LinearModel>();
        return modelHeader(artifact)
            .and_then([&](ModelHeader header) {
                model->m_header = std::move(header);
                return LinearInput::from(artifact, model->m_header.embeddingSize);
            })
            .and_then([&](LinearInput input) {
                model->m_input = std::move(input);
                return model->readHeads(artifact);
            })
            .and_then([&] { return model->readWeights(artifact); })
            .map([&]() -> std::unique_ptr<PromptModel> { return std::move(model); });
    }

    TargetKind kind() const override { return m_header.target; }
    const QStringList &outputs() const override { return m_header.outputs; }
    QString embedder() const override { return m_header.embedder; }
    qsizetype embeddingSize() const override { return m_header.embeddingSize; }

    Prediction predict(const PromptInput &input) const override
    {
        thread_local FeatureRow row;
        thread_local std::vector<double> decisions;
        m_input.read(input, row);
        decisions.assign(m_bias.begin(), m_bias.end());
        const size_t heads = m_bias.size();
        for (size_t i = 0; i < row.column.size(); ++i) {
            const float *const weights = m_weight.data() + row.column[i] * heads;
            for (size_t head = 0; head < heads; ++head)
                decisions[head] += double(weights[head]) * double(row.value[i]);
        }
        return {valuesOf(decisions, input.answering)};
    }

    QList<Reason> explain(const PromptInput &input, qsizetype output, qsizetype most) const override
    {
        QList<Reason> pushes;
        for (const NamedFeature &feature : m_input.named(input)) {
            const double weight = pushOf(feature, output, input.answering);
            if (weight != 0)
                pushes.append({feature.name, weight});
        }
        std::stable_sort(pushes.begin(), pushes.end(), [](const Reason &a, const Reason &b) {
            return std::abs(a.weight) > std::abs(b.weight);
        });
        QList<Reason> reasons;
        for (const Reason &push : pushes) {
            if (reasons.size() >= most)
                break;
            // "capital" beside "the capital of" says nothing more.
            if (std::none_of(reasons.begin(), reasons.end(), [&](const Reason &stronger) {
                    return isContained(push.text, stronger.text);
                }))
                reasons.append(push);
        }
        return reasons;
    }

private:
    Result<> readHeads(const Artifact &artifact)
    {
        for (const Json &name : artifact.header.value("answering", Json::array())) {
            if (!name.is_string())
                return damagedArtifact(u"whose answers it judges"_s);
            m_answering.append(toQString(name.get<std::string>()));
        }
        const Json heads = artifact.header.value("heads", Json());
        if (!heads.is_array() || heads.size() != wantedHeads())
            return damagedArtifact(u"its heads"_s);
        for (const Json &head : heads) {
            auto calibration =
                Calibration::from(head.is_object() ? head.value("calibration", Json()) : Json());
            if (!calibration)
                return tl::unexpected(calibration.error());
            m_calibration.push_back(std::move(*calibration));
        }
        return {};
    }

    // Two labels share one head, for the second of them.
    size_t wantedHeads() const
    {
        const auto count = size_t(outputs().size());
        switch (kind()) {
        case TargetKind::Labels:
            return count == 2 ? 1 : count;
        case TargetKind::Qualities:
            return count;
        case TargetKind::Rightness:
            break;
        }
        return 1 + size_t(m_answering.size());
    }

    Result<> readWeights(const Artifact &artifact)
    {
        const double count = jsonNumber(artifact.header, "columns", -1);
        if (!(count >= 0 && count <= double(m_input.columns())))
            return damagedArtifact(u"the number of its weights"_s);
        const size_t heads = m_calibration.size();
        const auto columns = numbersIn<quint32>(artifact, kColumnsBlock, size_t(count));
        const auto weights = finiteNumbersIn<float>(artifact, kWeightsBlock, size_t(count) * heads);
        auto biases = finiteNumbersIn<float>(artifact, kBiasesBlock, heads);
        const std::vector<quint32> cues = m_input.cueColumns();
        auto means = finiteNumbersIn<float>(artifact, kMeansBlock, cues.size());
        if (!columns || !weights || !biases || !means)
            return damagedArtifact(u"its weights"_s);
        m_bias = std::move(*biases);
        for (size_t at = 0; at < cues.size(); ++at)
            m_cues.push_back({cues[at], (*means)[at]});
        m_weight.resize(size_t(m_input.columns()) * heads);
        for (size_t at = 0; at < columns->size(); ++at) {
            const quint32 column = (*columns)[at];
            if (column >= m_input.columns() || (at > 0 && column <= (*columns)[at - 1]))
                return damagedArtifact(u"the columns of its weights"_s);
            std::copy_n(weights->begin() + qptrdiff(at * heads), heads,
                        m_weight.begin() + qptrdiff(column * heads));
        }
        return {};
    }

    // Of a scorer: the one of that model, or the one of all.
    size_t headOf(QStringView answering) const
    {
        for (qsizetype at = 0; at < m_answering.size(); ++at) {
            if (m_answering.at(at) == answering)
                return size_t(at) + 1;
        }
        return 0;
    }

    std::vector<double> valuesOf(const std::vector<double> &decisions, QStringView answering) const
    {
        std::vector<double> values;
        if (kind() == TargetKind::Rightness) {
            const size_t head = headOf(answering);
            return {m_calibration[head].probability(decisions[head])};
        }
        values.reserve(size_t(outputs().size()));
        for (size_t head = 0; head < decisions.size(); ++head)
            values.push_back(m_calibration[head].probability(decisions[head]));
        if (kind() == TargetKind::Qualities)
            return values;
        if (values.size() == 1)
            return {1 - values[0], values[0]};
        const double sum = std::accumulate(values.begin(), values.end(), 0.0);
        for (double &value : values)
            value /= sum;
        return values;
    }

    double pushOf(const NamedFeature &feature, qsizetype output, QStringView answering) const
    {
        const size_t heads = m_bias.size();
        size_t head = size_t(output);
        double sign = 1;
        if (kind() == TargetKind::Rightness) {
            head = headOf(answering);
        } else if (kind() == TargetKind::Labels && heads == 1) {
            head = 0;
            sign = output == 1 ? 1 : -1;
        }
        double value = double(feature.value);
        const auto cue = std::lower_bound(
            m_cues.begin(), m_cues.end(), feature.column,
            [](const Cue &other, quint32 column) { return other.column < column; });
        if (cue != m_cues.end() && cue->column == feature.column)
            value -= double(cue->mean); // a cue pushes by how it differs from what is usual
        return sign * double(m_weight[feature.column * heads + head]) * value;
    }

    struct Cue
    {
        quint32 column = 0;
        float mean = 0;
    };

    ModelHeader m_header;
    QStringList m_answering;
    LinearInput m_input;
    std::vector<Calibration> m_calibration; // one a head
    std::vector<float> m_weight;            // columns x heads
    std::vector<float> m_bias;
    std::vector<Cue> m_cues; // by rising column
};

} // namespace

Result<std::unique_ptr<PromptModel>> loadLinearModel(const Artifact &artifact)
{
    return LinearModel::from(artifact);
}

} // namespace headgate::learning
