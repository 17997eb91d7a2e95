#include "core/learning/model_header.h"

#include "core/learning/artifact_file.h"

namespace headgate::learning {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array kKinds{TargetKind::Labels, TargetKind::Qualities, TargetKind::Rightness};
constexpr double kLargestEmbedding = 1 << 20;

Json toJson(const QStringList &texts)
{
    Json list = Json::array();
    for (const QString &text : texts)
        list.push_back(toStdString(text));
    return list;
}

} // namespace

QString targetKindName(TargetKind kind)
{
    switch (kind) {
    case TargetKind::Labels:
        return u"labels"_s;
    case TargetKind::Qualities:
        return u"qualities"_s;
    case TargetKind::Rightness:
        break;
    }
    return u"rightness"_s;
}

std::optional<TargetKind> targetKindNamed(const QString &name)
{
    for (const TargetKind kind : kKinds) {
        if (targetKindName(kind) == name)
            return kind;
    }
    return {};
}

Artifact describedArtifact(const QString &kind, const TrainingSet &set, bool readsEmbeddings,
                           const Json &options, quint64 seed)
{
    Artifact artifact;
    artifact.kind = kind;
    artifact.header = {{"target", toStdString(targetKindName(set.kind))},
                       {"outputs", toJson(set.outputs)},
                       {"rows", set.rows()},
                       {"options", options},
                       {"seed", seed}};
    if (readsEmbeddings) {
        artifact.header["embedder"] = toStdString(set.embedder);
        artifact.header["embedding_size"] = set.embeddings.columns;
    }
    return artifact;
}

Result<ModelHeader> modelHeader(const Artifact &artifact)
{
    const auto target = targetKindNamed(jsonString(artifact.header, "target"));
    if (!target)
        return damagedArtifact(u"what it predicts"_s);
    ModelHeader header{*target, {}, jsonString(artifact.header, "embedder"), 0};
    const Json outputs = artifact.header.value("outputs", Json());
    if (!outputs.is_array() || outputs.empty())
        return damagedArtifact(u"its outputs"_s);
    for (const Json &output : outputs) {
        if (!output.is_string())
            return damagedArtifact(u"its outputs"_s);
        header.outputs.append(toQString(output.get<std::string>()));
    }
    const double size = jsonNumber(artifact.header, "embedding_size", 0);
    if (!(size >= 0 && size <= kLargestEmbedding) || (size > 0) == header.embedder.isEmpty())
        return damagedArtifact(u"its embedder"_s);
    header.embeddingSize = qsizetype(size);
    return header;
}

} // namespace headgate::learning
