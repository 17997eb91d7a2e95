#include "app/cli/optimise_report.h"

#include "app/cli/figure_format.h"
#include "app/cli/summary_report.h"
#include "app/cli/text_table.h"
#include "app/cli/texts.h"

namespace headgate::cli {

using namespace Qt::StringLiterals;
using evaluation::Cascade;
using evaluation::CascadeSums;

namespace {

constexpr size_t kPointsShown = 16;
constexpr int kPlaces = 4;
constexpr int kThresholdDigits = 6;
constexpr size_t kTest = 2; // of kParts

QStringList modelsOf(const Cascade &cascade, const Optimisation &found)
{
    QStringList names;
    for (int stage = 0; stage < cascade.stages; ++stage)
        names.append(found.models[cascade.model[size_t(stage)]]);
    return names;
}

QString thresholdsText(const Cascade &cascade)
{
    QStringList texts;
    for (int stage = 0; stage + 1 < cascade.stages; ++stage)
        texts.append(QString::number(cascade.threshold[size_t(stage)], 'g', kThresholdDigits));
    return texts.join(", "_L1);
}

Json cascadeJson(const Cascade &cascade, const Optimisation &found)
{
    Json models = Json::array();
    for (const QString &name : modelsOf(cascade, found))
        models.push_back(toStdString(name));
    Json thresholds = Json::array();
    for (int stage = 0; stage + 1 < cascade.stages; ++stage)
        thresholds.push_back(cascade.threshold[size_t(stage)]);
    return {{"models", std::move(models)}, {"thresholds", std::move(thresholds)}};
}

// Sums of a point that a search or a choice has looked at: no interval would be honest.
Json sumsJson(const CascadeSums &sums, qint64 n)
{
    return {{"n", n},
            {"quality", evaluation::meanQuality(sums, n)},
            {"cost_usd_per_1k", evaluation::costPer1k(sums, n)}};
}

Json singleJson(const SingleModel &single)
{
    Json json{{"model", toStdString(single.name)}};
    for (size_t part = 0; part < kParts.size(); ++part)
        json[toStdString(nameOf(kParts[part]))] = {
            {"n", single.parts[part].quality.n},
            {"quality", estimateJson(single.parts[part].quality)},
            {"cost_usd_per_1k", estimateJson(single.parts[part].costPer1k)}};
    return json;
}

// A cascade for each port of the router.
Json branchesJson(const evaluation::BranchedCascade &cascade, const Optimisation &found)
{
    Json branches = Json::array();
    for (size_t branch = 0; branch < cascade.branches.size(); ++branch) {
        Json json = cascadeJson(cascade.branches[branch], found);
        json["port"] = toStdString(found.routed->ports[qsizetype(branch)]);
        branches.push_back(std::move(json));
    }
    return {{"branches", std::move(branches)}};
}

Json sumsJson(const evaluation::BranchedSums &sums, qint64 n)
{
    return sumsJson(CascadeSums{.quality = sums.quality, .cost = sums.cost}, n);
}

Json routerJson(const std::optional<Optimisation::Routed> &routed)
{
    if (!routed)
        return {};
    Json json{{"title", toStdString(routed->title)}, {"ports", Json::array()}};
    for (qsizetype port = 0; port < routed->ports.size(); ++port) {
        Json each{{"port", toStdString(routed->ports[port])}};
        for (size_t part = 0; part < kParts.size(); ++part)
            each["n"][toStdString(nameOf(kParts[part]))] = routed->prompts[part][size_t(port)];
        json["ports"].push_back(std::move(each));
    }
    for (size_t part = 0; part < kParts.size(); ++part)
        json["undecided"][toStdString(nameOf(kParts[part]))] = routed->undecided[part];
    return json;
}

Json chosenJson(const ChosenCascade &chosen, const Optimisation &found)
{
    Json json =
        found.routed ? branchesJson(chosen.branches, found) : cascadeJson(chosen.cascade, found);
    for (size_t part = 0; part < kParts.size(); ++part)
        json[toStdString(nameOf(kParts[part]))] =
            summaryJson(chosen.parts[part], chosen.policy->compiled());
    return json;
}

QString singlesText(const Optimisation &found)
{
    QList<TextTable::Column> columns{{Texts::tr("Model alone")}};
    for (const evaluation::Part part : kParts) {
        columns.append({Texts::tr("Quality, %1").arg(nameOf(part)), TextTable::Align::Right});
        columns.append({Texts::tr("Per 1,000"), TextTable::Align::Right});
    }
    TextTable table(columns);
    for (const SingleModel &single : found.singles) {
        QStringList cells{single.name == found.bestSingle() ? single.name + u" *"_s : single.name};
        for (const SingleFigures &figures : single.parts)
            cells << figureText(figures.quality, kPlaces) << per1kText(figures.costPer1k.value);
        table.addRow(cells);
    }
    return table.text() + u'\n' +
           Texts::tr("* the best on validation, which savings are counted against");
}

QString frontText(const Optimisation &found)
{
    const auto &front = found.choice.front;
    TextTable table({{Texts::tr("Front of train")},
                     {Texts::tr("Thresholds")},
                     {Texts::tr("Quality, train"), TextTable::Align::Right},
                     {Texts::tr("Per 1,000"), TextTable::Align::Right},
                     {Texts::tr("Quality, validation"), TextTable::Align::Right},
                     {Texts::tr("Per 1,000"), TextTable::Align::Right}});
    const size_t shown = std::min(front.size(), kPointsShown);
    for (size_t place = 0; place < shown; ++place) {
        // Evenly over the front, its two ends among them.
        const auto &point = front[shown == 1 ? 0 : place * (front.size() - 1) / (shown - 1)];
        QStringList cells{modelsOf(point.cascade, found).join(u" → "_s),
                          thresholdsText(point.cascade)};
        const auto add = [&cells](const CascadeSums &sums, qint64 n) {
            cells << QString::number(evaluation::meanQuality(sums, n), 'f', kPlaces)
                  << per1kText(evaluation::costPer1k(sums, n));
        };
        add(point.train, found.prompts[0]);
        add(point.validation, found.prompts[1]);
        table.addRow(cells);
    }
    const QString more = Texts::tr("%1 of %2 points on the front of %3 cascades; --json gives all")
                             .arg(shown)
                             .arg(front.size())
                             .arg(found.choice.searched);
    return table.text() + u'\n' + more;
}

QString branchesText(const evaluation::BranchedCascade &cascade, const Optimisation &found)
{
    TextTable table({{Texts::tr("Branch of %1").arg(found.routed->title)},
                     {Texts::tr("n, train"), TextTable::Align::Right},
                     {Texts::tr("Cascade")},
                     {Texts::tr("Thresholds")}});
    for (size_t branch = 0; branch < cascade.branches.size(); ++branch)
        table.addRow({found.routed->ports[qsizetype(branch)],
                      QString::number(found.routed->prompts[0][branch]),
                      modelsOf(cascade.branches[branch], found).join(u" → "_s),
                      thresholdsText(cascade.branches[branch])});
    return table.text();
}

// The front of a router has too many parts for a line each: how it runs, and how many points.
QString routedFrontText(const Optimisation &found)
{
    const auto &front = found.routed->choice.front;
    TextTable table({{Texts::tr("Front of train")},
                     {Texts::tr("Quality, train"), TextTable::Align::Right},
                     {Texts::tr("Per 1,000"), TextTable::Align::Right},
                     {Texts::tr("Quality, validation"), TextTable::Align::Right},
                     {Texts::tr("Per 1,000"), TextTable::Align::Right}});
    const size_t shown = std::min(front.size(), kPointsShown);
    for (size_t place = 0; place < shown; ++place) {
        const size_t at = shown == 1 ? 0 : place * (front.size() - 1) / (shown - 1);
        QStringList cells{Texts::tr("point %1").arg(at + 1)};
        const auto add = [&cells](const evaluation::BranchedSums &sums, qint64 n) {
            const CascadeSums both{.quality = sums.quality, .cost = sums.cost};
            cells << QString::number(evaluation::meanQuality(both, n), 'f', kPlaces)
                  << per1kText(evaluation::costPer1k(both, n));
        };
        add(front[at].train, found.prompts[0]);
        add(front[at].validation, found.prompts[1]);
        table.addRow(cells);
    }
    return table.text() + u'\n' +
           Texts::tr("%1 of %2 corners of the hull over all branches; --json gives all")
               .arg(shown)
               .arg(front.size());
}

QString promptsText(const Optimisation &found)
{
    QStringList parts;
    for (size_t part = 0; part < kParts.size(); ++part) {
        QString text = u"%1 %2"_s.arg(found.prompts[part]).arg(nameOf(kParts[part]));
        if (found.incomplete[part] > 0)
            text += Texts::tr(" (%1 left out as incomplete)").arg(found.incomplete[part]);
        parts.append(text);
    }
    QString line = Texts::tr("Prompts: %1").arg(parts.join(", "_L1));
    if (found.alreadySeen > 0)
        line += u'\n' + Texts::tr("%1 prompts of the test file were left out: the search or the "
                                  "choice has seen them")
                            .arg(found.alreadySeen);
    return line;
}

QString partsText(const ChosenCascade &chosen)
{
    TextTable table({{Texts::tr("Chosen, on")},
                     {u"n"_s, TextTable::Align::Right},
                     {Texts::tr("Quality"), TextTable::Align::Right},
                     {Texts::tr("Cost per 1,000"), TextTable::Align::Right},
                     {Texts::tr("Saving"), TextTable::Align::Right},
                     {Texts::tr("Quality difference"), TextTable::Align::Right}});
    for (size_t part = 0; part < kParts.size(); ++part) {
        const evaluation::PolicySummary &summary = chosen.parts[part];
        const auto &baseline = summary.baseline;
        const QString unknown = Texts::tr("unknown");
        table.addRow(
            {nameOf(kParts[part]), QString::number(summary.n), figureText(summary.quality, kPlaces),
             summary.costPer1k ? per1kText(*summary.costPer1k) : unknown,
             baseline && baseline->paired.saving ? percentText(baseline->paired.saving->share)
                                                 : unknown,
             baseline ? differenceText(baseline->paired.qualityDifference, kPlaces) : unknown});
    }
    return table.text();
}

QString chosenText(const ChosenCascade &chosen, const Optimisation &found)
{
    QString heading =
        found.routed ? Texts::tr("Chosen: a cascade for each branch") + u"\n\n"_s +
                           branchesText(chosen.branches, found)
                     : Texts::tr("Chosen: %1").arg(modelsOf(chosen.cascade, found).join(u" → "_s));
    if (!found.routed && chosen.cascade.stages > 1)
        heading += Texts::tr("  thresholds %1").arg(thresholdsText(chosen.cascade));
    return QStringList{heading,
                       {},
                       partsText(chosen),
                       {},
                       Texts::tr("On test, read once:"),
                       {},
                       summaryText(chosen.parts[kTest], chosen.policy->compiled())}
        .join(u'\n');
}

} // namespace

Json optimisationJson(const Optimisation &found)
{
    Json prompts;
    Json incomplete;
    for (size_t part = 0; part < kParts.size(); ++part) {
        prompts[toStdString(nameOf(kParts[part]))] = found.prompts[part];
        incomplete[toStdString(nameOf(kParts[part]))] = found.incomplete[part];
    }
    Json singles = Json::array();
    for (const SingleModel &single : found.singles)
        singles.push_back(singleJson(single));
    Json front = Json::array();
    const auto add = [&](Json json, const auto &point) {
        json["train"] = sumsJson(point.train, found.prompts[0]);
        json["validation"] = sumsJson(point.validation, found.prompts[1]);
        front.push_back(std::move(json));
    };
    for (const evaluation::Candidate &point : found.choice.front)
        add(cascadeJson(point.cascade, found), point);
    if (found.routed) {
        for (const evaluation::BranchedCandidate &point : found.routed->choice.front)
            add(branchesJson(point.cascade, found), point);
    }
    return {{"n", std::move(prompts)},
            {"incomplete", std::move(incomplete)},
            {"already_seen", found.alreadySeen},
            {"cascades_searched", found.choice.searched},
            {"singles", std::move(singles)},
            {"best_single", toStdString(found.bestSingle())},
            {"router", routerJson(found.routed)},
            {"front", std::move(front)},
            {"chosen", found.chosen ? chosenJson(*found.chosen, found) : Json()}};
}

QString optimisationText(const Optimisation &found)
{
    QStringList parts{promptsText(found), singlesText(found),
                      found.routed ? routedFrontText(found) : frontText(found)};
    if (found.chosen)
        parts.append(chosenText(*found.chosen, found));
    return parts.join("\n\n"_L1);
}

} // namespace headgate::cli
