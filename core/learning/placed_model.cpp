#include "core/learning/placed_model.h"

#include "core/learning/artifact_file.h"
#include "core/learning/text_block.h"
#include "core/learning/texts.h"

#include <algorithm>
#include <cmath>

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMostReferences = 100'000'000;
const QString kTargets = u"targets"_s;
const QString kPrompts = u"prompts"_s;
const QString kReferences = u"references"_s;

} // namespace

Result<PlacedModel::Parts> PlacedModel::partsOf(const Artifact &artifact, qsizetype exactRows)
{
    auto header = modelHeader(artifact);
    if (!header)
        return tl::unexpected(header.error());
    auto space = PromptSpace::from(artifact, *header);
    if (!space)
        return tl::unexpected(space.error());
    const double rows = jsonNumber(artifact.header, "references", 0);
    if (!(rows >= 1 && rows <= kMostReferences))
        return damagedArtifact(u"how many references there are"_s);
    auto prompts = textsIn(artifact, kPrompts, qsizetype(rows));
    if (!prompts)
        return tl::unexpected(prompts.error());
    auto familiarity = Familiarity::from(artifact);
    if (!familiarity)
        return tl::unexpected(familiarity.error());
    return NearestNeighbours::from(artifact, kReferences, qsizetype(rows), space->columns(),
                                   exactRows)
        .map([&](NearestNeighbours references) {
            return Parts{*std::move(header), *std::move(space), std::move(references),
                         *std::move(prompts), *std::move(familiarity)};
        });
}

Prediction PlacedModel::predict(const PromptInput &input) const
{
    return {valuesAt(m_parts.space.point(input)), m_parts.familiarity.of(input.prompt)};
}

QList<Reason> PlacedModel::explain(const PromptInput &input, qsizetype, qsizetype most) const
{
    QList<Reason> reasons;
    for (const Neighbour &near : m_parts.references.nearest(m_parts.space.point(input), most))
        reasons.append({m_parts.prompts.at(near.row), double(near.similarity), true});
    return reasons;
}

Result<PlacedPrompts> placePrompts(const TrainingSet &set, int dimensions,
                                   const TrainingControl &control)
{
    return PromptSpace::fit(set, dimensions, control)
        .and_then([&](PromptSpace space) -> Result<PlacedPrompts> {
            DenseMatrix points = space.points(set, control.stop);
            auto familiarity = Familiarity::fit(set.prompts, control.seed, control.stop);
            if (!familiarity || control.stop.stop_requested())
                return fail(ErrorCode::Cancelled, Texts::tr("The training was stopped."));
            return PlacedPrompts{std::move(space), std::move(points), *std::move(familiarity)};
        });
}

Artifact placedArtifact(const QString &kind, const TrainingSet &set, const PlacedPrompts &placed,
                        std::span<const qsizetype> rows, const Json &options, quint64 seed)
{
    Artifact artifact = describedArtifact(kind, set, placed.space.readsEmbeddings(), options, seed);
    std::vector<float> points;
    QStringList prompts;
    for (const qsizetype row : rows) {
        const auto point = placed.points.row(row);
        points.insert(points.end(), point.begin(), point.end());
        prompts.append(set.prompts.at(row).left(kKeptText));
    }
    artifact.header["references"] = rows.size();
    artifact.blocks.insert(kReferences, blockOf(points));
    artifact.blocks.insert(kPrompts, blockOfTexts(prompts));
    placed.space.addTo(artifact);
    placed.familiarity.addTo(artifact);
    return artifact;
}

void addTargets(Artifact &artifact, const DenseMatrix &targets)
{
    artifact.blocks.insert(kTargets, blockOf(targets.values));
}

Result<DenseMatrix> targetsIn(const Artifact &artifact, qsizetype rows, qsizetype outputs)
{
    return numbersIn<float>(artifact, kTargets, size_t(rows * outputs))
        .and_then([&](std::vector<float> values) -> Result<DenseMatrix> {
            const auto isTarget = [](float value) {
                return std::isnan(value) || (value >= 0 && value <= 1);
            };
            if (!std::all_of(values.begin(), values.end(), isTarget))
                return damagedArtifact(u"targets out of their range"_s);
            return DenseMatrix{outputs, std::move(values)};
        });
}

} // namespace headgate::learning
