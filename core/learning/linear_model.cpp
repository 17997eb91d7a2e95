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

// A small file may not ask for more memory than a machine has.
constexpr size_t kMostWeights = size_t(1) << 28;

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

void addLinearHeads(Artifact &artifact, const LinearHeads &heads)
{
    heads.input.addTo(artifact);
    heads.familiarity.addTo(artifact);
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
            .and_then([&] { return Familiarity::from(artifact); })
            .map([&](Familiarity familiarity) { model->m_familiarity = std::move(familiarity); })
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
        return {valuesOf(decisions), m_familiarity.of(input.prompt)};
    }

    QList<Reason> explain(const PromptInput &input, qsizetype output, qsizetype most) const override
    {
        QMap<QString, double> byName; // a cue may stand in two columns
        for (const NamedFeature &feature : m_input.named(input))
            byName[feature.name] += pushOf(feature, output);
        QList<Reason> pushes;
        for (auto push = byName.cbegin(); push != byName.cend(); ++push) {
            if (push.value() != 0)
                pushes.append({push.key(), push.value()});
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
        return kind() == TargetKind::Labels && count == 2 ? 1 : count;
    }

    Result<> readWeights(const Artifact &artifact)
    {
        const double count = jsonNumber(artifact.header, "columns", -1);
        if (!(count >= 0 && count <= double(m_input.columns())))
            return damagedArtifact(u"the number of its weights"_s);
        const size_t heads = m_calibration.size();
        if (heads * size_t(m_input.columns()) > kMostWeights)
            return damagedArtifact(u"more weights than any model has"_s);
        const auto columns = numbersIn<quint32>(artifact, kColumnsBlock, size_t(count));
        const auto weights = finiteNumbersIn<float>(artifact, kWeightsBlock, size_t(count) * heads);
        auto biases = finiteNumbersIn<float>(artifact, kBiasesBlock, heads);
        const std::vector<Cue> cues = m_input.cues();
        auto means = finiteNumbersIn<float>(artifact, kMeansBlock, cues.size());
        if (!columns || !weights || !biases || !means)
            return damagedArtifact(u"its weights"_s);
        m_bias = std::move(*biases);
        for (size_t at = 0; at < cues.size(); ++at)
            m_cues.push_back({cues[at].column, (*means)[at]});
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

    std::vector<double> valuesOf(const std::vector<double> &decisions) const
    {
        std::vector<double> values;
        values.reserve(size_t(outputs().size()));
        for (size_t head = 0; head < decisions.size(); ++head)
            values.push_back(m_calibration[head].probability(decisions[head]));
        if (kind() != TargetKind::Labels)
            return values;
        if (values.size() == 1)
            return {1 - values[0], values[0]};
        const double sum = std::accumulate(values.begin(), values.end(), 0.0);
        for (double &value : values)
            value /= sum;
        return values;
    }

    double pushOf(const NamedFeature &feature, qsizetype output) const
    {
        const size_t heads = m_bias.size();
        size_t head = size_t(output);
        double sign = 1;
        if (kind() == TargetKind::Labels && heads == 1) {
            head = 0;
            sign = output == 1 ? 1 : -1;
        }
        double value = double(feature.value);
        const auto cue = std::lower_bound(
            m_cues.begin(), m_cues.end(), feature.column,
            [](const UsualCue &other, quint32 column) { return other.column < column; });
        if (cue != m_cues.end() && cue->column == feature.column)
            value -= double(cue->mean); // a cue pushes by how it differs from what is usual
        return sign * double(m_weight[feature.column * heads + head]) * value;
    }

    struct UsualCue
    {
        quint32 column = 0;
        float mean = 0;
    };

    ModelHeader m_header;
    LinearInput m_input;
    Familiarity m_familiarity;
    std::vector<Calibration> m_calibration; // one a head
    std::vector<float> m_weight;            // columns x heads
    std::vector<float> m_bias;
    std::vector<UsualCue> m_cues; // by rising column
};

} // namespace

Result<std::unique_ptr<PromptModel>> loadLinearModel(const Artifact &artifact)
{
    return LinearModel::from(artifact);
}

} // namespace headgate::learning
