#include "core/evaluation/training/training_set_from_outcomes.h"

#include "core/common/seeded_random.h"
#include "core/evaluation/texts.h"

#include <algorithm>
#include <numeric>

namespace headgate::evaluation {

using namespace Qt::StringLiterals;
using learning::TargetKind;

namespace {

QString textOf(const TextColumn &column, qint32 row)
{
    return QString::fromUtf8(column.at(row));
}

// The names that the rows carry, by falling count; of equals the first of the file.
QStringList namesByCount(const QStringList &names, std::span<const qint32> places)
{
    std::vector<qsizetype> counts(size_t(names.size()), 0);
    for (const qint32 place : places) {
        if (place >= 0)
            ++counts[size_t(place)];
    }
    std::vector<qsizetype> order(counts.size());
    std::iota(order.begin(), order.end(), qsizetype(0));
    std::stable_sort(order.begin(), order.end(), [&](qsizetype a, qsizetype b) {
        return counts[size_t(a)] > counts[size_t(b)];
    });
    QStringList found;
    for (const qsizetype place : order) {
        if (counts[size_t(place)] > 0)
            found.append(names[place]);
    }
    return found;
}

// Where each row's label of the file stands in OutcomeTable::labels or subsets.
std::vector<qint32> placesOf(const OutcomeTable &table, std::span<const qint32> rows,
                             LabelSource source)
{
    std::vector<qint32> places;
    for (const qint32 row : rows)
        places.push_back(source == LabelSource::Label ? table.labelAt(row)
                                                      : table.subset[size_t(row)]);
    return places;
}

const QStringList &namesOf(const OutcomeTable &table, LabelSource source)
{
    return source == LabelSource::Label ? table.labels : table.subsets;
}

Result<> settleDifficulty(const OutcomeTable &table, std::span<const qint32> rows,
                          TargetRequest &request)
{
    if (request.steps.empty()) {
        auto steps = costSteps(table, rows, request.models);
        if (!steps)
            return tl::unexpected(steps.error());
        request.steps = std::move(*steps);
    }
    const auto steps = qsizetype(request.steps.size());
    if (request.difficulty.labels.isEmpty())
        request.difficulty.labels = difficultyLabels(steps);
    return checkDifficulty(request.difficulty, steps);
}

Result<QStringList> labelsFor(const OutcomeTable &table, std::span<const qint32> rows,
                              TargetRequest &request)
{
    if (request.labels == LabelSource::Difficulty)
        return settleDifficulty(table, rows, request).map([&] {
            return request.difficulty.labels;
        });
    QStringList labels =
        namesByCount(namesOf(table, request.labels), placesOf(table, rows, request.labels));
    if (labels.size() < 2)
        return fail(ErrorCode::InvalidInput,
                    labels.isEmpty()
                        ? Texts::tr("None of the prompts to train on has a label.")
                        : Texts::tr("All prompts to train on have the label “%1”: there is nothing "
                                    "to tell apart.")
                              .arg(labels.front()));
    return labels;
}

// Fills a set row by row.
class SetBuilder
{
public:
    SetBuilder(const OutcomeTable &table, const TrainingTarget &target)
        : m_table(table)
        , m_request(target.request)
    {
        m_result.set.kind = m_request.kind;
        m_result.set.outputs = target.outputs;
        m_result.set.targets.columns = target.outputs.size();
        m_result.counts.byOutput.resize(size_t(target.outputs.size()), 0);
        const QStringList &names = namesOf(table, m_request.labels);
        for (const QString &name : names)
            m_outputOf.push_back(target.outputs.indexOf(name));
    }

    void add(qint32 row)
    {
        ++m_result.counts.prompts;
        for (const qsizetype model : m_request.models)
            m_result.counts.missingOutcomes += !m_table.models[size_t(model)].answered(row);
        switch (m_request.kind) {
        case TargetKind::Labels:
            return addLabel(row);
        case TargetKind::Qualities:
            return addQualities(row);
        case TargetKind::Rightness:
            return addAnswers(row);
        }
    }

    TrainingRows take() { return std::move(m_result); }

private:
    std::span<float> append(qint32 row)
    {
        m_result.set.prompts.append(textOf(m_table.prompts, row));
        m_result.row.push_back(row);
        std::vector<float> &values = m_result.set.targets.values;
        values.resize(values.size() + size_t(m_result.set.targets.columns), 0.0F);
        return m_result.set.targets.row(m_result.set.targets.rows() - 1);
    }

    // The place among the outputs; -1: none.
    qsizetype labelOf(qint32 row)
    {
        if (m_request.labels != LabelSource::Difficulty) {
            const qint32 place = m_request.labels == LabelSource::Label
                                     ? m_table.labelAt(row)
                                     : m_table.subset[size_t(row)];
            const qsizetype output = place < 0 ? -1 : m_outputOf[size_t(place)];
            m_result.counts.withoutLabel += output < 0;
            return output;
        }
        const Difficulty found = difficultyOf(m_table, row, m_request.steps, m_request.difficulty);
        m_result.counts.undecided += found.isUndecided;
        m_result.counts.noneRight += found.noneIsRight;
        return found.label.value_or(-1);
    }

    void addLabel(qint32 row)
    {
        const qsizetype label = labelOf(row);
        if (label < 0)
            return;
        append(row)[size_t(label)] = 1;
        ++m_result.counts.byOutput[size_t(label)];
        ++m_result.counts.used;
    }

    void addQualities(qint32 row)
    {
        if (std::none_of(m_request.models.begin(), m_request.models.end(), [&](qsizetype model) {
                return m_table.models[size_t(model)].answered(row);
            }))
            return;
        const std::span<float> targets = append(row);
        for (size_t at = 0; at < targets.size(); ++at) {
            const float quality = m_table.models[size_t(m_request.models[at])].quality[size_t(row)];
            targets[at] = quality;
            m_result.counts.byOutput[at] += quality == quality;
        }
        ++m_result.counts.used;
    }

    void addAnswers(qint32 row)
    {
        bool used = false;
        for (const qsizetype model : m_request.models) {
            const ModelColumns &columns = m_table.models[size_t(model)];
            if (!columns.answered(row))
                continue;
            const bool hasAnswer =
                columns.answers.size() > row && !columns.answers.at(row).isEmpty();
            m_result.counts.withoutAnswer += !hasAnswer;
            if (!hasAnswer)
                continue;
            append(row)[0] = columns.quality[size_t(row)];
            m_result.set.answers.append(textOf(columns.answers, row));
            m_result.set.answering.append(columns.name);
            m_result.model.push_back(model);
            ++m_result.counts.byOutput[0];
            used = true;
        }
        m_result.counts.used += used;
    }

    const OutcomeTable &m_table;
    const TargetRequest &m_request;
    std::vector<qsizetype> m_outputOf; // by name of the file's labels
    TrainingRows m_result;
};

std::vector<qint32> shuffledPlaces(size_t count, quint64 seed)
{
    std::vector<qint32> places(count);
    std::iota(places.begin(), places.end(), 0);
    SeededRandom random(seed);
    random.shuffle(std::span(places));
    return places;
}

} // namespace

Result<TrainingTarget> settleTarget(const OutcomeTable &table, std::span<const qint32> trainRows,
                                    TargetRequest request)
{
    if (request.models.empty()) {
        request.models.resize(table.models.size());
        std::iota(request.models.begin(), request.models.end(), qsizetype(0));
    }
    TrainingTarget target;
    if (request.kind == TargetKind::Labels) {
        auto labels = labelsFor(table, trainRows, request);
        if (!labels)
            return tl::unexpected(labels.error());
        target.outputs = std::move(*labels);
    } else if (request.kind == TargetKind::Rightness) {
        target.outputs = QStringList{u"right"_s};
    } else {
        for (const qsizetype model : request.models)
            target.outputs.append(table.models[size_t(model)].name);
    }
    target.request = std::move(request);
    return target;
}

TrainingRows trainingSetFromOutcomes(const OutcomeTable &table, std::span<const qint32> rows,
                                     const TrainingTarget &target)
{
    SetBuilder builder(table, target);
    for (const qint32 row : rows)
        builder.add(row);
    return builder.take();
}

std::vector<qint32> drawnRows(std::span<const qint32> rows, qsizetype most, quint64 seed)
{
    if (most <= 0 || most >= qsizetype(rows.size()))
        return {rows.begin(), rows.end()};
    std::vector<qint32> places = shuffledPlaces(rows.size(), seed);
    places.resize(size_t(most));
    std::sort(places.begin(), places.end());
    std::vector<qint32> drawn;
    for (const qint32 place : places)
        drawn.push_back(rows[size_t(place)]);
    return drawn;
}

learning::TrainingSet withShuffledTargets(learning::TrainingSet set, quint64 seed)
{
    const std::vector<qint32> from = shuffledPlaces(size_t(set.rows()), seed);
    learning::DenseMatrix targets = set.targets;
    for (qsizetype row = 0; row < set.rows(); ++row) {
        const auto source = std::as_const(set.targets).row(from[size_t(row)]);
        std::copy(source.begin(), source.end(), targets.row(row).begin());
    }
    set.targets = std::move(targets);
    return set;
}

} // namespace headgate::evaluation
