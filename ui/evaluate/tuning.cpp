#include "ui/evaluate/tuning.h"

#include "core/evaluation/metrics/bootstrap.h"
#include "core/evaluation/metrics/needed_cases.h"

#include <QFileInfo>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::Cascade;
using evaluation::CascadeColumns;
using evaluation::Part;

namespace {

constexpr size_t kMostResampled = 5'000; // rows
constexpr double kZ = 1.959964;          // of a normal distribution: 95 % lie within

std::vector<double> differencesOf(const evaluation::CascadeRows &rows,
                                  const evaluation::CascadeRows &other)
{
    std::vector<double> differences;
    for (size_t row = 0; row < rows.quality.size(); ++row)
        differences.push_back(double(rows.quality[row] - other.quality[row]) /
                              evaluation::kQualityUnits);
    return differences;
}

evaluation::Estimate meanOf(const std::vector<double> &differences)
{
    if (differences.size() <= kMostResampled)
        return evaluation::bootstrapMean(differences);
    const double count = double(differences.size());
    const double mean = std::accumulate(differences.begin(), differences.end(), 0.0) / count;
    double squares = 0;
    for (const double difference : differences)
        squares += (difference - mean) * (difference - mean);
    const double half = kZ * std::sqrt(squares / (count - 1) / count);
    return {mean, qsizetype(differences.size()), mean - half, mean + half};
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

Result<std::shared_ptr<LoadedOutcomes>> prepareOutcomes(const QString &name,
                                                        evaluation::OutcomeTable table)
{
    auto loaded = std::make_shared<LoadedOutcomes>();
    loaded->name = name;
    loaded->table = std::make_shared<const evaluation::OutcomeTable>(std::move(table));
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

Result<std::shared_ptr<const LoadedOutcomes>>
loadOutcomes(const QString &path, const evaluation::ReadProgress &progress, std::stop_token stop)
{
    auto table = evaluation::readOutcomes(path, {}, progress, std::move(stop));
    if (!table)
        return tl::unexpected(table.error());
    return prepareOutcomes(QFileInfo(path).fileName(), std::move(*table));
}

CascadeComparison compareCascades(const CascadeColumns &columns, const Cascade &cascade,
                                  const Cascade &other)
{
    const evaluation::CascadeSums sums = evaluation::evaluateCascade(columns, cascade);
    const evaluation::CascadeSums otherSums = evaluation::evaluateCascade(columns, other);
    const std::vector<double> differences = differencesOf(evaluation::walkCascade(columns, cascade),
                                                          evaluation::walkCascade(columns, other));
    const double rows = double(columns.count());
    CascadeComparison comparison;
    comparison.rows = columns.count();
    comparison.quality = evaluation::meanQuality(sums, columns.count());
    comparison.costPer1k = evaluation::costPer1k(sums, columns.count());
    comparison.saving = otherSums.cost > 0 ? 1 - double(sums.cost) / double(otherSums.cost) : 0;
    comparison.difference = meanOf(differences);
    for (int stage = 0; stage < cascade.stages; ++stage)
        comparison.shares.push_back(double(sums.answered[size_t(stage)]) / rows);
    if (!comparison.difference.excludesZero())
        comparison.rowsNeeded = evaluation::moreCasesNeeded(differences);
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
