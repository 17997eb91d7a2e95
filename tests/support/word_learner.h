#pragma once

#include "core/learning/learner.h"

namespace headgate::test {

// What each word says of each output. The first word of the prompt (and of the answer) that is
// known decides; without one all outputs are alike and the prompt is unfamiliar.
struct WordTable
{
    learning::TargetKind kind = learning::TargetKind::Labels;
    QStringList outputs{};
    QMap<QString, QList<double>> words{};
    QString embedder{}; // of the model, which then reads the first number of the embedding as well
};

// Kind "words".
learning::Artifact wordArtifact(const WordTable &table);
learning::LearnerRegistry wordLearners();
// Into the folder; the name of the file.
QString savedWordArtifact(const WordTable &table, const QString &folder);

} // namespace headgate::test
