#include "core/scorers/trained_scorer.h"

#include "core/scorers/texts.h"

namespace headgate::scorers {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kReasons = 3;
constexpr qsizetype kShownCharacters = 48;

class TrainedScorer final : public Scorer
{
public:
    explicit TrainedScorer(std::shared_ptr<const learning::TrainedModel> trained)
        : m_trained(std::move(trained))
    {
    }

    Result<ScoreOutcome> score(const policy::Query &query,
                               const ScoredAnswer &answer) const override
    {
        const QString prompt = query.prompt();
        const learning::PromptInput input{
            .prompt = prompt, .answer = answer.text, .answering = answer.model};
        const double right = m_trained->model->predict(input).values.front();
        if (!answer.explained)
            return ScoreOutcome{right, {}};
        QString why = Texts::tr("right with probability %1").arg(right, 0, 'f', 2);
        if (const QString words = wordsText(m_trained->model->explain(input, 0, kReasons));
            !words.isEmpty())
            why = u"%1: %2"_s.arg(why, words);
        return ScoreOutcome{right, why};
    }

private:
    // Those that speak for it, then those that speak against it.
    static QString wordsText(const QList<learning::Reason> &reasons)
    {
        QStringList texts;
        for (const learning::Reason &reason : reasons) {
            QString text = reason.text.simplified();
            if (text.size() > kShownCharacters)
                text = text.left(kShownCharacters - 1) + u'…';
            texts.append(reason.weight < 0 ? Texts::tr("“%1” against").arg(text)
                                           : Texts::tr("“%1” for").arg(text));
        }
        return texts.join(", "_L1);
    }

    std::shared_ptr<const learning::TrainedModel> m_trained;
};

} // namespace

Result<std::unique_ptr<Scorer>> makeTrainedScorer(const Json &options,
                                                  const learning::ArtifactShelf &artifacts)
{
    const QString file = jsonString(options, "artifact");
    if (file.isEmpty())
        return fail(ErrorCode::NeedsTraining,
                    Texts::tr("The trained scorer has no file; train one, or choose one."));
    auto trained = artifacts.model(file);
    if (!trained)
        return tl::unexpected(std::move(trained).error());
    const learning::PromptModel &model = *(*trained)->model;
    if (model.kind() != learning::TargetKind::Rightness)
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” does not judge answers; take one that was trained as a scorer.")
                        .arg(file));
    if (!model.embedder().isEmpty())
        return fail(ErrorCode::InvalidInput,
                    Texts::tr("“%1” reads embeddings of “%2”, which a gate does not ask for; train "
                              "it on the built-in features.")
                        .arg(file, model.embedder()));
    return std::make_unique<TrainedScorer>(std::move(*trained));
}

} // namespace headgate::scorers
