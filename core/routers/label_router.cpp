#include "core/routers/label_router.h"

#include "core/routers/texts.h"
#include "core/routers/trained_routing.h"

#include <algorithm>

namespace headgate::routers {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kReasons = 3;

using TrainedModelPtr = std::shared_ptr<const learning::TrainedModel>;

class LabelRouter final : public Router
{
public:
    LabelRouter(TrainedModelPtr trained, std::vector<qint32> ports, qint32 unsure, double floor,
                double leastFamiliarity)
        : m_trained(std::move(trained))
        , m_model(*m_trained->model)
        , m_ports(std::move(ports))
        , m_unsure(unsure)
        , m_floor(floor)
        , m_leastFamiliarity(leastFamiliarity)
    {
    }

    QString embedder() const override { return m_model.embedder(); }

    Result<Decision> decide(const policy::Query &query, const RouterInputs &inputs) const override
    {
        const QString prompt = query.prompt();
        const auto input = inputFor(m_model, prompt, inputs);
        if (!input)
            return Decision{m_unsure, input.error().message, {}};
        const learning::Prediction prediction = m_model.predict(*input);
        const auto best = std::max_element(prediction.values.begin(), prediction.values.end());
        const auto output = qsizetype(best - prediction.values.begin());
        const bool familiar = prediction.familiarity >= m_leastFamiliarity;
        const bool sure = *best >= m_floor;
        Decision decision{familiar && sure ? m_ports[size_t(output)] : m_unsure, {}, *best};
        if (inputs.explained)
            decision.why = familiar ? whyOf(*input, output, *best, sure)
                                    : unfamiliarText(prediction.familiarity);
        return decision;
    }

private:
    QString whyOf(const learning::PromptInput &input, qsizetype output, double probability,
                  bool sure) const
    {
        const QString &label = m_model.outputs()[output];
        if (!sure)
            return Texts::tr("%1 %2, below %3").arg(label, figure(probability), figure(m_floor));
        const QString reasons = reasonsText(m_model.explain(input, output, kReasons));
        return reasons.isEmpty() ? u"%1 %2"_s.arg(label, figure(probability))
                                 : u"%1 %2: %3"_s.arg(label, figure(probability), reasons);
    }

    TrainedModelPtr m_trained;
    const learning::PromptModel &m_model; // m_trained's
    std::vector<qint32> m_ports;          // by output
    qint32 m_unsure;
    double m_floor;
    double m_leastFamiliarity;
};

QString listed(const QStringList &labels)
{
    return u'“' + labels.join(u"”, “"_s) + u'”';
}

// The port of each output; the labels of the node may stand in another order.
Result<std::vector<qint32>> portsOf(const learning::TrainedModel &trained, const QStringList &labels)
{
    const QStringList &outputs = trained.model->outputs();
    std::vector<qint32> ports;
    for (const QString &output : outputs)
        ports.push_back(qint32(labels.indexOf(output)));
    const bool covered = std::none_of(ports.begin(), ports.end(), [](qint32 p) { return p < 0; });
    if (covered && outputs.size() == labels.size())
        return ports;
    return fail(ErrorCode::InvalidInput,
                Texts::tr("“%1” tells %2 apart, and the labels here are %3; take over its labels, "
                          "or choose another file.")
                    .arg(trained.file, listed(outputs), listed(labels)));
}

} // namespace

Result<std::unique_ptr<Router>> makeLabelRouter(const RouterParts &parts,
                                                const learning::ArtifactShelf &artifacts,
                                                double defaultFloor)
{
    auto trained = modelOf(parts.config, learning::TargetKind::Labels, artifacts);
    if (!trained)
        return tl::unexpected(std::move(trained).error());
    auto ports = portsOf(**trained, parts.ports.first(std::max<qsizetype>(parts.ports.size() - 1, 0)));
    if (!ports)
        return tl::unexpected(std::move(ports).error());
    return std::make_unique<LabelRouter>(
        std::move(*trained), std::move(*ports), qint32(parts.ports.size() - 1),
        jsonNumber(parts.config, "floor", defaultFloor),
        jsonNumber(parts.config, "least_familiarity", kLeastFamiliarity));
}

} // namespace headgate::routers
