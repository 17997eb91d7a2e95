#include "tests/support/word_mean_learner.h"

#include <numeric>

namespace headgate::test {

using namespace Qt::StringLiterals;
using learning::Artifact;
using learning::TargetKind;
using learning::TrainingSet;

namespace {

constexpr qsizetype kRowsBetweenLooks = 50;

// Sums by output, and how many rows they are of.
struct Sums
{
    std::vector<double> sum;
    std::vector<double> count;

    explicit Sums(size_t outputs = 0)
        : sum(outputs, 0.0)
        , count(outputs, 0.0)
    {
    }
    void add(std::span<const float> targets)
    {
        for (size_t at = 0; at < targets.size(); ++at) {
            if (targets[at] == targets[at]) {
                sum[at] += double(targets[at]);
                ++count[at];
            }
        }
    }
    double mean(size_t at) const { return count[at] > 0 ? sum[at] / count[at] : 0.5; }
};

QStringList wordsOf(const QString &text)
{
    QStringList words = text.split(u' ', Qt::SkipEmptyParts);
    words.removeDuplicates();
    return words;
}

class WordMeanModel final : public learning::PromptModel
{
public:
    WordMeanModel(TargetKind kind, QStringList outputs, std::vector<double> all,
                  QMap<QString, std::vector<double>> words, double weight)
        : m_kind(kind)
        , m_outputs(std::move(outputs))
        , m_all(std::move(all))
        , m_words(std::move(words))
        , m_weight(weight)
    {
    }

    TargetKind kind() const override { return m_kind; }
    const QStringList &outputs() const override { return m_outputs; }
    learning::Prediction predict(const learning::PromptInput &input) const override
    {
        std::vector<double> values(m_all.size(), 0.0);
        int known = 0;
        const QStringList words = wordsOf(input.prompt.toString() + u' ' + input.answer.toString());
        for (const QString &word : words) {
            const auto found = m_words.constFind(word);
            if (found == m_words.cend())
                continue;
            ++known;
            for (size_t at = 0; at < values.size(); ++at)
                values[at] += (*found)[at];
        }
        for (size_t at = 0; at < values.size(); ++at)
            values[at] =
                known == 0 ? m_all[at] : m_weight * values[at] / known + (1 - m_weight) * m_all[at];
        return {values, words.isEmpty() ? 0 : double(known) / double(words.size())};
    }
    QList<learning::Reason> explain(const learning::PromptInput &input, qsizetype output,
                                    qsizetype most) const override
    {
        QList<learning::Reason> reasons;
        for (const QString &word : wordsOf(input.prompt.toString())) {
            if (m_words.contains(word) && reasons.size() < most)
                reasons.append({word, m_words[word][size_t(output)] - m_all[size_t(output)]});
        }
        std::stable_sort(reasons.begin(), reasons.end(), [](const auto &a, const auto &b) {
            return std::abs(a.weight) > std::abs(b.weight);
        });
        return reasons;
    }

private:
    TargetKind m_kind;
    QStringList m_outputs;
    std::vector<double> m_all;
    QMap<QString, std::vector<double>> m_words;
    double m_weight = 1;
};

} // namespace

QString WordMeanLearner::label() const
{
    return u"Means of words"_s;
}

Result<Artifact> WordMeanLearner::train(const TrainingSet &set, const Json &options,
                                        const learning::TrainingControl &control) const
{
    const auto outputs = size_t(set.outputs.size());
    Sums all(outputs);
    QMap<QString, Sums> words;
    for (qsizetype row = 0; row < set.rows(); ++row) {
        if (row % kRowsBetweenLooks == 0) {
            if (control.stop.stop_requested())
                return fail(ErrorCode::Cancelled, u"Stopped."_s);
            if (control.onProgress)
                control.onProgress({.done = double(row) / double(set.rows()), .loss = {}});
        }
        const auto targets = set.targets.row(row);
        all.add(targets);
        const QString text =
            set.prompts[row] + u' ' + (set.answers.isEmpty() ? QString() : set.answers[row]);
        for (const QString &word : wordsOf(text)) {
            if (!words.contains(word))
                words.insert(word, Sums(outputs));
            words[word].add(targets);
        }
    }
    Json means = Json::object();
    for (auto it = words.cbegin(); it != words.cend(); ++it) {
        for (size_t at = 0; at < outputs; ++at)
            means[toStdString(it.key())].push_back(it->mean(at));
    }
    Json total = Json::array();
    for (size_t at = 0; at < outputs; ++at)
        total.push_back(all.mean(at));
    Json names = Json::array();
    for (const QString &output : set.outputs)
        names.push_back(toStdString(output));
    return Artifact{.kind = u"word_means"_s,
                    .header = {{"target", int(set.kind)},
                               {"outputs", names},
                               {"all", total},
                               {"words", means},
                               {"weight", options.value("weight", 1.0)}},
                    .blocks = {}};
}

Result<std::unique_ptr<learning::PromptModel>> WordMeanLearner::load(const Artifact &artifact) const
{
    if (!artifact.header.contains("words"))
        return fail(ErrorCode::Damaged, u"It has no words."_s);
    QStringList outputs;
    for (const Json &output : artifact.header["outputs"])
        outputs.append(toQString(output.get<std::string>()));
    QMap<QString, std::vector<double>> words;
    for (const auto &[word, means] : artifact.header["words"].items())
        words.insert(toQString(word), means.get<std::vector<double>>());
    return std::make_unique<WordMeanModel>(
        TargetKind(int(jsonNumber(artifact.header, "target", 0))), outputs,
        artifact.header["all"].get<std::vector<double>>(), words,
        jsonNumber(artifact.header, "weight", 1));
}

learning::LearnerRegistry wordMeanLearners()
{
    learning::LearnerRegistry learners;
    learners.add(u"word_means"_s, std::make_shared<WordMeanLearner>());
    return learners;
}

} // namespace headgate::test
