#pragma once

#include "core/learning/artifact.h"
#include "core/learning/learner.h"

namespace headgate::learning {

// What every artifact's header says of the model in it, and what its loader begins with.
struct ModelHeader
{
    TargetKind target = TargetKind::Labels;
    QStringList outputs; // at least one, each named
    QString embedder;    // empty: the model reads texts alone
    qsizetype embeddingSize = 0;

    bool operator==(const ModelHeader &) const = default;
};

// The name of the kind in files and on the command line: "labels", "qualities", "rightness".
QString targetKindName(TargetKind kind);
std::optional<TargetKind> targetKindNamed(const QString &name);

// An artifact without blocks, whose header says what it was trained on. `options` are all of them
// as they were used; the embedder counts where `readsEmbeddings`.
Artifact describedArtifact(const QString &kind, const TrainingSet &set, bool readsEmbeddings,
                           const Json &options, quint64 seed);
// Damaged where a member is missing or of another type.
[[nodiscard]] Result<ModelHeader> modelHeader(const Artifact &artifact);

} // namespace headgate::learning
