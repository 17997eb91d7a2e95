#include "ui/evaluate/tuning.h"

#include <QFileInfo>
#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::Cascade;
using evaluation::CascadeColumns;
using evaluation::Part;

namespace {

constexpr double kZ = 1.96; // of a normal distribution: 95 % lie within

// Mean and sample standard deviation of the differences of quality.
std::pair<double, double> differencesOf(const evaluation::CascadeRows &rows,
                                        const evaluation::CascadeRows &other)
{
    const size_t count = rows.quality.size();
    double sum = 0;
    double squares = 0;
    for (size_t row = 0; row < count; ++row) {
        const double difference =
            double(rows.quality[row] - other.quality[row]) / evaluation::kQualityUnits;
        sum += difference;
        squares += difference * difference;
    }
    const double mean = sum / double(count);
    const double spread = count > 1 ? (squares - sum * mean) / double(count - 1) : 0;
    return {mean, std::sqrt(std::max(spread, 0.0))};
}

qsizetype commonPrefixOf(const evaluation::TextColumn &texts)
{
    if (texts.size() < 2)
        return 0;
    const QByteArrayView first = texts.at(0);
    qsizetype common = first.size();
    for (qsizetype row = 1; row < texts.size() && common > 0; ++row) {
        const QByteArrayView text = texts.at(row);
        common = std::min(common, text.size());
        common = std::mismatch(first.begin(), first.begin() + common, text.begin()).first -
                 first.begin();
    }
    while (common > 0 && first[common - 1] != ' ' && first[common - 1] != '\n')
        --common;
    return common;
}

} // namespace

Result<std::shared_ptr<const LoadedOutcomes>>
loadOutcomes(const QString &path, const evaluation::ReadProgress &progress, std::stop_token stop)
{
    auto table = evaluation::readOutcomes(path, {}, progress, std::move(stop));
    if (!table)
        return tl::unexpected(table.error());
    auto loaded = std::make_shared<LoadedOutcomes>();
    loaded->name = QFileInfo(path).fileName();
    loaded->table = std::make_shared<const evaluation::OutcomeTable>(std::move(*table));
    for (const auto &[part, place] :
         {std::pair(Part::Train, &loaded->train), std::pair(Part::Validation, &loaded->validation),
          std::pair(Part::Test, &loaded->test)}) {
        auto columns = evaluation::cascadeColumns(*loaded->table, loaded->table->rowsOf(part));
        if (!columns)
            return tl::unexpected(columns.error());
        *place = std::move(*columns);
    }
    loaded->commonPrefix = commonPrefixOf(loaded->table->prompts);
    return loaded;
}

CascadeComparison compareCascades(const CascadeColumns &columns, const Cascade &cascade,
                                  const Cascade &other)
{
    const evaluation::CascadeSums sums = evaluation::evaluateCascade(columns, cascade);
    const evaluation::CascadeSums otherSums = evaluation::evaluateCascade(columns, other);
    const auto [mean, deviation] = differencesOf(evaluation::walkCascade(columns, cascade),
                                                 evaluation::walkCascade(columns, other));
    const double rows = double(columns.count());
    CascadeComparison comparison;
    comparison.rows = columns.count();
    comparison.quality = evaluation::meanQuality(sums, columns.count());
    comparison.costPer1k = evaluation::costPer1k(sums, columns.count());
    comparison.saving = otherSums.cost > 0 ? 1 - double(sums.cost) / double(otherSums.cost) : 0;
    comparison.difference = mean;
    comparison.halfWidth = kZ * deviation / std::sqrt(rows);
    for (int stage = 0; stage < cascade.stages; ++stage)
        comparison.shares.push_back(double(sums.answered[size_t(stage)]) / rows);
    if (mean != 0 && std::abs(mean) <= comparison.halfWidth) {
        const double needed = std::ceil(std::pow(kZ * deviation / mean, 2) - rows);
        comparison.rowsNeeded = qsizetype(std::clamp(needed, 1.0, 1e9));
    }
    return comparison;
}

QString cascadeName(const CascadeColumns &columns, const Cascade &cascade)
{
    QStringList names;
    for (int stage = 0; stage < cascade.stages; ++stage)
        names.append(columns.models[size_t(cascade.model[size_t(stage)])].name);
    return names.join(u" → "_s);
}

} // namespace headgate::ui
