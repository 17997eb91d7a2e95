#pragma once

#include "app/cli/console.h"
#include "core/evaluation/optimizer/branched_search.h"
#include "core/evaluation/policy_summary.h"

#include <array>

namespace headgate::cli {

struct OptimiseOptions
{
    QString outcomes;
    QString testOutcomes; // empty: the test part of `outcomes`
    QString router;       // a policy that begins with one; empty: one cascade for all prompts
    evaluation::CascadeColumnsOptions models;
    evaluation::Wish wish;
    evaluation::SearchOptions search;
    quint64 seed = 1;
    QString out; // empty: no policy is written
    bool json = false;
};

// The parts in the order in which they are used.
inline constexpr std::array kParts{evaluation::Part::Train, evaluation::Part::Validation,
                                   evaluation::Part::Test};
QString nameOf(evaluation::Part part); // "train", as in the options

// One model alone on the rows of one part.
struct SingleFigures
{
    evaluation::Estimate quality;
    evaluation::Estimate costPer1k; // US dollars
};

struct SingleModel
{
    QString name;
    std::array<SingleFigures, 3> parts; // as kParts
};

// The cascade that was chosen, drawn, and replayed on every part against the best single model.
struct ChosenCascade
{
    evaluation::Cascade cascade;          // without a router
    evaluation::BranchedCascade branches; // with one
    std::shared_ptr<const engine::PreparedPolicy> policy;
    std::array<evaluation::PolicySummary, 3> parts; // as kParts
};

// What a search found. Everything is read on the rows on which every model has an outcome and a
// cost, so that all figures of a part are about the same prompts.
struct Optimisation
{
    QStringList models; // that cascades name by place
    std::array<qint64, 3> prompts{};
    std::array<qint64, 3> incomplete{}; // left out
    qint64 alreadySeen = 0; // left out of the test file: train or validation hold them, too
    std::vector<SingleModel> singles;
    bool hasScores = false;           // else only single models can be compared
    evaluation::CascadeChoice choice; // with a router only its best single model and its count
    struct Routed
    {
        QString title; // of the router
        QStringList ports;
        std::array<std::vector<qint64>, 3> prompts; // by part as kParts, and by port
        std::array<qint64, 3> undecided{};
        evaluation::BranchedChoice choice;
    };
    std::optional<Routed> routed;        // with a router
    std::optional<ChosenCascade> chosen; // none: nothing grants the wish

    const QString &bestSingle() const { return singles[choice.bestSingle].name; }
};

// Searches on train, chooses on validation, and only then looks at test.
Result<Optimisation> optimise(const OptimiseOptions &options, Progress &progress,
                              std::stop_token stop);

} // namespace headgate::cli
