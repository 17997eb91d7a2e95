#include "ui/evaluate/tuning.h"

#include <QFileInfo>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using evaluation::Cascade;
using evaluation::CascadeColumns;
using evaluation::Part;

namespace {

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

bool LoadedOutcomes::hasCosts(const QString &model) const
{
    const qsizetype place = asRead->modelIndex(model);
    return place >= 0 && !asRead->models[size_t(place)].cost.empty();
}

std::shared_ptr<const LoadedOutcomes> withModels(const LoadedOutcomes &outcomes,
                                                 const evaluation::CascadeColumnsOptions &models)
{
    auto loaded = std::make_shared<LoadedOutcomes>();
    loaded->name = outcomes.name;
    loaded->dataset = outcomes.dataset;
    loaded->asRead = loaded->table = outcomes.asRead;
    loaded->commonPrefix = outcomes.commonPrefix;
    loaded->models = models;
    if (!models.costPerCall.isEmpty()) {
        evaluation::OutcomeTable priced = *outcomes.asRead;
        for (evaluation::ModelColumns &model : priced.models) {
            if (const auto cost = models.costPerCall.constFind(model.name);
                cost != models.costPerCall.cend())
                model.putMissingCosts(*cost);
        }
        loaded->table = std::make_shared<const evaluation::OutcomeTable>(std::move(priced));
    }
    for (const auto &[part, place] :
         {std::pair(Part::Train, &loaded->train), std::pair(Part::Validation, &loaded->validation),
          std::pair(Part::Test, &loaded->test)}) {
        auto columns =
            evaluation::cascadeColumns(*loaded->table, loaded->table->rowsOf(part), models);
        if (!columns) {
            loaded->problem = columns.error().message;
            loaded->train = loaded->validation = loaded->test = {};
            break;
        }
        *place = std::move(*columns);
    }
    return loaded;
}

std::shared_ptr<const LoadedOutcomes> prepareOutcomes(const QString &name,
                                                      evaluation::OutcomeTable table)
{
    LoadedOutcomes read;
    read.name = name;
    read.asRead = std::make_shared<const evaluation::OutcomeTable>(std::move(table));
    read.commonPrefix = commonPrefixOf(read.asRead->prompts);
    return withModels(read, {});
}

Result<std::shared_ptr<const LoadedOutcomes>>
loadOutcomes(const QString &path, const evaluation::ReadProgress &progress, std::stop_token stop)
{
    auto table = evaluation::readOutcomes(path, {.prompts = true, .answers = true}, progress,
                                          std::move(stop));
    if (!table)
        return tl::unexpected(table.error());
    return prepareOutcomes(QFileInfo(path).fileName(), std::move(*table));
}

QString cascadeName(const CascadeColumns &columns, const Cascade &cascade)
{
    QStringList names;
    for (int stage = 0; stage < cascade.stages; ++stage)
        names.append(columns.models[size_t(cascade.model[size_t(stage)])].name);
    return names.join(u" → "_s);
}

} // namespace headgate::ui
