#include "core/routers/nearest_router.h"

#include "core/routers/label_router.h"
#include "core/routers/reference_space.h"
#include "core/routers/texts.h"
#include "core/routers/trained_routing.h"

#include <algorithm>
#include <cmath>

namespace headgate::routers {

using namespace Qt::StringLiterals;

namespace {

constexpr double kLeastSimilarity = 0.3;
constexpr int kNeighbours = 5;
constexpr size_t kPromptsNamed = 2;

struct References
{
    QStringList prompts;
    std::vector<qint32> ports; // of each one's label
};

struct Near
{
    qsizetype reference = 0;
    double similarity = 0;
};

double cosine(std::span<const float> a, std::span<const float> b)
{
    double product = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (size_t place = 0; place < a.size(); ++place) {
        product += double(a[place]) * double(b[place]);
        lengthA += double(a[place]) * double(a[place]);
        lengthB += double(b[place]) * double(b[place]);
    }
    const double lengths = std::sqrt(lengthA * lengthB);
    return lengths > 0 && std::isfinite(product / lengths) ? product / lengths : 0;
}

class NearestRouter final : public Router
{
public:
    NearestRouter(References references, const QStringList &ports, const Json &config)
        : m_references(std::move(references))
        , m_ports(ports)
        , m_count(size_t(std::max(1.0, jsonNumber(config, "k", kNeighbours))))
        , m_least(jsonNumber(config, "minimum_similarity", kLeastSimilarity))
    {
        const QString embedder = jsonString(config, "embedder", u"lsa"_s);
        if (embedder == "lsa"_L1)
            m_space.emplace(m_references.prompts);
        else
            m_embedder = embedder;
    }

    QString embedder() const override { return m_embedder; }
    QStringList references() const override
    {
        return m_space ? QStringList() : m_references.prompts;
    }

    Result<Decision> decide(const policy::Query &query, const RouterInputs &inputs) const override
    {
        thread_local std::vector<float> similarities;
        if (m_space)
            m_space->similarities(query.prompt(), similarities);
        else if (const auto compared = compare(inputs, similarities); !compared)
            return Decision{unsure(), compared.error().message, {}};
        thread_local std::vector<Near> nearest;
        rank(similarities, nearest);
        if (!(nearest.front().similarity >= m_least))
            return tooFar(nearest.front(), inputs.explained);
        return vote(nearest, inputs.explained);
    }

private:
    qint32 unsure() const { return qint32(m_ports.size() - 1); }

    Result<> compare(const RouterInputs &inputs, std::vector<float> &similarities) const
    {
        const learning::DenseMatrix *rows = inputs.references;
        if (inputs.embedding.empty() || !rows || rows->rows() != m_references.prompts.size())
            return fail(ErrorCode::Unavailable,
                        Texts::tr("no embedding of the prompt by “%1”").arg(m_embedder));
        if (rows->columns != qsizetype(inputs.embedding.size()))
            return fail(ErrorCode::Unavailable,
                        Texts::tr("“%1” gives %2 numbers a prompt, and %3 for the references")
                            .arg(m_embedder)
                            .arg(inputs.embedding.size())
                            .arg(rows->columns));
        similarities.clear();
        for (qsizetype row = 0; row < rows->rows(); ++row)
            similarities.push_back(float(cosine(inputs.embedding, rows->row(row))));
        return {};
    }

    // The nearest first; among equals the one listed first.
    void rank(const std::vector<float> &similarities, std::vector<Near> &nearest) const
    {
        nearest.clear();
        for (size_t reference = 0; reference < similarities.size(); ++reference)
            nearest.push_back({qsizetype(reference), double(similarities[reference])});
        const size_t kept = std::min(m_count, nearest.size());
        std::partial_sort(nearest.begin(), nearest.begin() + qsizetype(kept), nearest.end(),
                          [](const Near &a, const Near &b) {
                              return a.similarity != b.similarity ? a.similarity > b.similarity
                                                                  : a.reference < b.reference;
                          });
        nearest.resize(kept);
    }

    Decision tooFar(const Near &nearest, bool explained) const
    {
        Decision decision{unsure(), {}, nearest.similarity};
        if (explained)
            decision.why = Texts::tr("nearest is %1 at %2, below %3")
                               .arg(quoted(m_references.prompts[nearest.reference]),
                                    figure(nearest.similarity), figure(m_least));
        return decision;
    }

    // Each votes with its similarity; those that are too far off have no vote.
    Decision vote(const std::vector<Near> &nearest, bool explained) const
    {
        thread_local std::vector<double> votes;
        votes.assign(size_t(m_ports.size()), 0.0);
        for (const Near &near : nearest) {
            if (near.similarity >= m_least)
                votes[size_t(portOf(near))] += near.similarity;
        }
        // Of labels with as many votes that of the nearest reference.
        qint32 port = portOf(nearest.front());
        for (const Near &near : nearest) {
            if (votes[size_t(portOf(near))] > votes[size_t(port)])
                port = portOf(near);
        }
        const auto best = std::find_if(nearest.begin(), nearest.end(),
                                       [&](const Near &near) { return portOf(near) == port; });
        Decision decision{port, {}, best->similarity};
        if (explained)
            decision.why = u"%1: %2"_s.arg(m_ports[port], likeText(nearest, port));
        return decision;
    }

    QString likeText(const std::vector<Near> &nearest, qint32 port) const
    {
        QList<learning::Reason> reasons;
        for (const Near &near : nearest) {
            if (portOf(near) == port && near.similarity >= m_least &&
                size_t(reasons.size()) < kPromptsNamed)
                reasons.append({.text = m_references.prompts[near.reference],
                                .weight = near.similarity,
                                .isPrompt = true});
        }
        return reasonsText(reasons);
    }

    qint32 portOf(const Near &near) const { return m_references.ports[size_t(near.reference)]; }

    References m_references; // never empty
    QStringList m_ports;
    size_t m_count;
    double m_least;
    std::optional<ReferenceSpace> m_space; // none: embeddings take a call
    QString m_embedder;
};

Result<References> referencesIn(const Json &config, const QStringList &ports)
{
    References references;
    const auto list = config.find("references");
    for (const Json &entry : list != config.end() && list->is_array() ? *list : Json::array()) {
        const QString prompt = jsonString(entry, "prompt");
        const qint32 port = qint32(ports.indexOf(jsonString(entry, "label")));
        if (prompt.isEmpty() || port < 0 || port + 1 >= ports.size())
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Reference %1 needs a prompt and a label.")
                            .arg(references.prompts.size() + 1));
        references.prompts.append(prompt);
        references.ports.push_back(port);
    }
    if (references.prompts.isEmpty())
        return fail(ErrorCode::NeedsTraining,
                    Texts::tr("It has no reference prompt to compare with; add some with labels."));
    return references;
}

} // namespace

Result<std::unique_ptr<Router>> makeNearestRouter(const RouterParts &parts,
                                                  const learning::ArtifactShelf &artifacts)
{
    if (jsonString(parts.config, "source") == "trained"_L1)
        return makeLabelRouter(parts, artifacts, 0);
    auto references = referencesIn(parts.config, parts.ports);
    if (!references)
        return tl::unexpected(std::move(references).error());
    return std::make_unique<NearestRouter>(std::move(*references), parts.ports, parts.config);
}

} // namespace headgate::routers
