#include "app/cli/outcome_options.h"

#include "app/cli/command_line.h"
#include "app/cli/texts.h"

#include <QFileInfo>

namespace headgate::cli {

using namespace Qt::StringLiterals;

void addOutcomeOptions(QCommandLineParser &parser)
{
    parser.addOption({u"outcomes"_s,
                      Texts::tr("The outcomes of models on prompts: JSON lines, gzip or plain."),
                      u"FILE"_s});
    parser.addOption({u"cost-per-call"_s,
                      Texts::tr("What a call of a model costs where the file does not say; once a "
                                "model."),
                      u"MODEL=USD"_s});
    parser.addOption(
        {u"seed"_s, Texts::tr("Of the draws behind the intervals (1)."), u"N"_s, u"1"_s});
    parser.addOption(jsonOption());
}

std::optional<int> readCallCosts(const QCommandLineParser &parser,
                                 QHash<QString, Money> &costPerCall)
{
    for (const QString &text : parser.values(u"cost-per-call"_s)) {
        // Names of models may hold a “=”; amounts do not.
        const qsizetype sign = text.lastIndexOf(u'=');
        const auto cost = Money::fromDecimal(QStringView(text).mid(sign + 1));
        if (sign < 1 || !cost || *cost < Money())
            return wrongUsage(Texts::tr("--cost-per-call is a model and an amount in USD, such as "
                                        "small=0.0004, not “%1”.")
                                  .arg(text));
        costPerCall.insert(text.first(sign), *cost);
    }
    return std::nullopt;
}

std::optional<quint64> seedOf(const QCommandLineParser &parser)
{
    bool isNumber = false;
    const quint64 seed = parser.value(u"seed"_s).toULongLong(&isNumber);
    if (isNumber)
        return seed;
    wrongUsage(Texts::tr("--seed must be a whole number from 0 up."));
    return std::nullopt;
}

std::optional<double> decimalOf(const QCommandLineParser &parser, const QString &option,
                                double least, double most)
{
    bool isNumber = false;
    const double number = parser.value(option).toDouble(&isNumber);
    if (isNumber && number >= least && number <= most)
        return number;
    wrongUsage(Texts::tr("--%1 must be a number from %2 to %3.").arg(option).arg(least).arg(most));
    return std::nullopt;
}

Result<evaluation::OutcomeTable> loadOutcomes(const QString &path, evaluation::KeptTexts keep,
                                              const QHash<QString, Money> &costPerCall,
                                              Progress &progress, std::stop_token stop)
{
    const QString file = QFileInfo(path).fileName();
    auto table = evaluation::readOutcomes(
        path, keep,
        [&](qint64 bytes, qint64 size) {
            progress.show(
                Texts::tr("Reading %1: %2 %").arg(file).arg(size > 0 ? 100 * bytes / size : 100));
        },
        std::move(stop));
    if (!table)
        return table;
    for (evaluation::ModelColumns &model : table->models) {
        if (const auto cost = costPerCall.constFind(model.name); cost != costPerCall.cend())
            model.putMissingCosts(*cost);
    }
    return table;
}

Result<> checkModelsIn(const evaluation::OutcomeTable &table, const QStringList &models)
{
    for (const QString &model : models) {
        if (table.modelIndex(model) < 0)
            return fail(ErrorCode::NotFound,
                        Texts::tr("The outcomes hold no model “%1”.").arg(model));
    }
    return {};
}

} // namespace headgate::cli
