#include "core/routers/split_router.h"

#include "core/routers/texts.h"

#include <cmath>
#include <numeric>
#include <vector>

namespace headgate::routers {

using namespace Qt::StringLiterals;

namespace {

struct Branch
{
    double end = 0; // of its part of [0, 1); it starts where the one before ends
    QString why;
};

// The finalizer of splitmix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
// generators", 2014): every bit of the input changes each bit of the output about half the time.
quint64 mixed(quint64 value)
{
    value += 0x9E3779B97F4A7C15ull;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ull;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBull;
    return value ^ (value >> 31);
}

// FNV-1a over the bytes.
quint64 hashOf(const std::string &bytes)
{
    quint64 hash = 0xCBF29CE484222325ull;
    for (const char byte : bytes)
        hash = (hash ^ quint8(byte)) * 0x100000001B3ull;
    return hash;
}

class SplitRouter final : public Router
{
public:
    SplitRouter(std::vector<Branch> branches, const QString &stickyKey, quint64 seed)
        : m_branches(std::move(branches))
        , m_stickyKey(stickyKey.toStdString())
        , m_missing(Texts::tr("no “%1” in the metadata").arg(stickyKey))
        , m_seed(mixed(seed))
    {
    }

    Result<Decision> decide(const policy::Query &query, const RouterInputs &) const override
    {
        const std::optional<quint64> sticky = stickyHash(query.metadata);
        // Top 53 bits: all that a double in [0, 1) holds.
        const double drawn =
            double(mixed(m_seed ^ mixed(sticky.value_or(query.seed))) >> 11) * 0x1p-53;
        size_t index = 0;
        while (index + 1 < m_branches.size() && drawn >= m_branches[index].end)
            ++index;
        const QString &why = m_branches[index].why;
        const bool missing = !m_stickyKey.empty() && !sticky;
        return Decision{qint32(index), missing ? why + "; "_L1 + m_missing : why, {}};
    }

private:
    std::optional<quint64> stickyHash(const Json &metadata) const
    {
        if (m_stickyKey.empty())
            return std::nullopt;
        const auto it = metadata.find(m_stickyKey);
        if (it == metadata.end() || it->is_null())
            return std::nullopt;
        if (it->is_string())
            return hashOf(it->get_ref<const std::string &>());
        return hashOf(compactText(*it));
    }

    std::vector<Branch> m_branches;
    std::string m_stickyKey; // empty: drawn by the query's seed
    QString m_missing;
    quint64 m_seed;
};

Result<std::vector<double>> readWeights(const Json &list)
{
    std::vector<double> weights;
    double sum = 0;
    for (const Json &branch : list) {
        const double weight = jsonNumber(branch, "weight", -1);
        if (!(weight >= 0) || !std::isfinite(weight))
            return fail(ErrorCode::InvalidInput,
                        Texts::tr("Branch “%1”: the weight must be a number, 0 or more.")
                            .arg(jsonString(branch, "name", QString::number(weights.size() + 1))));
        weights.push_back(weight);
        sum += weight;
    }
    if (!(sum > 0) || !std::isfinite(sum))
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The weights of the branches must come to more than 0."));
    return weights;
}

Result<quint64> readSeed(const Json &config)
{
    const auto seed = config.find("seed");
    if (seed == config.end() || seed->is_null())
        return 1;
    if (seed->is_number_unsigned())
        return seed->get<std::uint64_t>();
    const double value = seed->is_number() ? seed->get<double>() : -1;
    if (!(value >= 0) || value != std::floor(value) || value > 0x1p53)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The seed of the split must be a whole number, 0 or more."));
    return quint64(value);
}

// Parts of [0, 1) in the order of branches. A branch of weight 0 gets an empty part; the last one
// of some weight ends at 1 exactly, whatever the rounding.
std::vector<Branch> partsOf(const std::vector<double> &weights)
{
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    size_t last = weights.size() - 1;
    while (weights[last] <= 0)
        --last;
    std::vector<Branch> branches;
    double before = 0;
    for (size_t index = 0; index < weights.size(); ++index) {
        before += weights[index];
        branches.push_back({index >= last ? 1.0 : before / sum,
                            Texts::tr("weight %1 of %2").arg(weights[index]).arg(sum)});
    }
    return branches;
}

} // namespace

Result<std::unique_ptr<Router>> makeSplitRouter(const Json &config, const QStringList &ports)
{
    const auto list = config.find("branches");
    if (list == config.end() || !list->is_array() || list->empty())
        return fail(ErrorCode::InvalidInput, Texts::tr("The split has no branches. Add one."));
    if (qsizetype(list->size()) != ports.size())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("The split has %1 branches, but %2 ports; it needs one a branch.")
                        .arg(list->size())
                        .arg(ports.size()));
    const auto weights = readWeights(*list);
    if (!weights)
        return tl::unexpected(weights.error());
    const auto seed = readSeed(config);
    if (!seed)
        return tl::unexpected(seed.error());
    return std::make_unique<SplitRouter>(partsOf(*weights),
                                         jsonString(config, "sticky_key").trimmed(), *seed);
}

} // namespace headgate::routers
