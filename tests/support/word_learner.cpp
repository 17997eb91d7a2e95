#include "tests/support/word_learner.h"

#include "core/learning/artifact_file.h"

#include <algorithm>

namespace headgate::test {

using namespace Qt::StringLiterals;
using learning::Artifact;
using learning::PromptInput;
using learning::TargetKind;

namespace {

constexpr double kUnfamiliar = 0.01;

class WordModel final : public learning::PromptModel
{
public:
    explicit WordModel(WordTable table)
        : m_table(std::move(table))
    {
    }

    TargetKind kind() const override { return m_table.kind; }
    const QStringList &outputs() const override { return m_table.outputs; }
    QString embedder() const override { return m_table.embedder; }
    qsizetype embeddingSize() const override { return m_table.embedder.isEmpty() ? 0 : 2; }

    learning::Prediction predict(const PromptInput &input) const override
    {
        if (const auto word = wordOf(input); !word.isEmpty()) {
            const QList<double> &values = m_table.words[word];
            return {std::vector<double>(values.begin(), values.end()), 1};
        }
        if (!input.embedding.empty()) {
            std::vector<double> values(size_t(m_table.outputs.size()), 0.0);
            values[size_t(input.embedding[0])] = 1;
            return {values, 1};
        }
        const double alike = m_table.kind == TargetKind::Labels
                                 ? 1.0 / double(m_table.outputs.size())
                                 : 0.5;
        return {std::vector<double>(size_t(m_table.outputs.size()), alike), kUnfamiliar};
    }
    QList<learning::Reason> explain(const PromptInput &input, qsizetype output,
                                    qsizetype most) const override
    {
        QList<learning::Reason> reasons;
        if (const auto word = wordOf(input); !word.isEmpty() && most > 0)
            reasons.append({word, m_table.words[word][output]});
        return reasons;
    }

private:
    QString wordOf(const PromptInput &input) const
    {
        const QString text = input.prompt.toString() + u' ' + input.answer.toString();
        for (const QString &word : text.split(u' ')) {
            if (m_table.words.contains(word))
                return word;
        }
        return {};
    }

    WordTable m_table;
};

class WordLearner final : public learning::Learner
{
public:
    QString label() const override { return u"Words"_s; }
    bool learns(TargetKind) const override { return true; }
    Json defaultOptions() const override { return Json::object(); }
    Result<Artifact> train(const learning::TrainingSet &, const Json &,
                           const learning::TrainingControl &) const override
    {
        return fail(ErrorCode::Unavailable, u"It learns nothing."_s);
    }
    Result<std::unique_ptr<learning::PromptModel>> load(const Artifact &artifact) const override
    {
        if (!artifact.header.contains("words"))
            return fail(ErrorCode::Damaged, u"It has no words."_s);
        WordTable table{.kind = TargetKind(int(jsonNumber(artifact.header, "target", 0))),
                        .embedder = jsonString(artifact.header, "embedder")};
        for (const Json &output : artifact.header["outputs"])
            table.outputs.append(toQString(output.get<std::string>()));
        for (const auto &[word, values] : artifact.header["words"].items())
            table.words.insert(toQString(word), values.get<QList<double>>());
        return std::make_unique<WordModel>(std::move(table));
    }
};

} // namespace

Artifact wordArtifact(const WordTable &table)
{
    Json words = Json::object();
    for (auto it = table.words.cbegin(); it != table.words.cend(); ++it)
        words[toStdString(it.key())] = std::vector<double>(it->begin(), it->end());
    Json outputs = Json::array();
    for (const QString &output : table.outputs)
        outputs.push_back(toStdString(output));
    return {.kind = u"words"_s,
            .header = {{"outputs", outputs},
                       {"target", int(table.kind)},
                       {"embedder", toStdString(table.embedder)},
                       {"rows", 12},
                       {"words", words}},
            .blocks = {}};
}

learning::LearnerRegistry wordLearners()
{
    learning::LearnerRegistry learners;
    learners.add(u"words"_s, std::make_shared<WordLearner>());
    return learners;
}

QString savedWordArtifact(const WordTable &table, const QString &folder)
{
    return learning::saveArtifact(wordArtifact(table), folder).value_or(QString());
}

} // namespace headgate::test
