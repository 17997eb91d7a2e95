#include "core/routers/trained_routing.h"

#include "core/routers/texts.h"

namespace headgate::routers {

using namespace Qt::StringLiterals;
using learning::TargetKind;

namespace {

constexpr qsizetype kShownCharacters = 48;

QString whatItDoes(TargetKind kind)
{
    switch (kind) {
    case TargetKind::Labels:
        return Texts::tr("tells labels of prompts apart");
    case TargetKind::Qualities:
        return Texts::tr("estimates how well models answer");
    case TargetKind::Rightness:
        return Texts::tr("judges whether an answer is right");
    }
    Q_UNREACHABLE();
}

} // namespace

Result<std::shared_ptr<const learning::TrainedModel>>
modelOf(const Json &config, TargetKind wanted, const learning::ArtifactShelf &artifacts)
{
    const QString file = jsonString(config, "artifact");
    if (file.isEmpty())
        return fail(ErrorCode::NeedsTraining,
                    Texts::tr("It has no trained file; train one, or choose one."));
    auto trained = artifacts.model(file);
    if (trained && (*trained)->model->kind() != wanted)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” %2; this takes one that %3.")
                        .arg(file, whatItDoes((*trained)->model->kind()), whatItDoes(wanted)));
    return trained;
}

Result<learning::PromptInput> inputFor(const learning::PromptModel &model, QStringView prompt,
                                       const RouterInputs &inputs)
{
    learning::PromptInput input{.prompt = prompt};
    if (model.embedder().isEmpty())
        return input;
    if (inputs.embedding.empty())
        return fail(ErrorCode::Unavailable,
                    Texts::tr("no embedding of the prompt by “%1”").arg(model.embedder()));
    if (qsizetype(inputs.embedding.size()) != model.embeddingSize())
        return fail(ErrorCode::Unavailable,
                    Texts::tr("“%1” gives %2 numbers a prompt, and it was trained on %3")
                        .arg(model.embedder())
                        .arg(inputs.embedding.size())
                        .arg(model.embeddingSize()));
    input.embedding = inputs.embedding;
    return input;
}

QString figure(double value)
{
    return QString::number(value, 'f', 2);
}

QString unfamiliarText(double familiarity)
{
    return Texts::tr("unlike what it was trained on (familiarity %1)").arg(figure(familiarity));
}

QString quoted(const QString &text)
{
    QString line = text.simplified();
    if (line.size() > kShownCharacters) {
        line.truncate(kShownCharacters - (line[kShownCharacters - 1].isHighSurrogate() ? 1 : 0));
        line += u'…';
    }
    return u'“' + line + u'”';
}

QString reasonsText(const QList<learning::Reason> &reasons)
{
    QStringList words;
    QStringList prompts;
    for (const learning::Reason &reason : reasons) {
        if (reason.isPrompt)
            prompts.append(u"%1 (%2)"_s.arg(quoted(reason.text), figure(reason.weight)));
        else if (reason.weight > 0)
            words.append(quoted(reason.text));
    }
    if (!prompts.isEmpty())
        return Texts::tr("like %1").arg(prompts.join(", "_L1));
    return words.isEmpty() ? QString() : Texts::tr("%1 pushed").arg(words.join(", "_L1));
}

} // namespace headgate::routers
