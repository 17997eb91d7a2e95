#include "core/common/seeded_random.h"
#include "core/learning/familiarity.h"
#include "core/learning/feature_space.h"
#include "core/learning/latent_space.h"

#include <QHash>
#include <QTest>

#include <chrono>
#include <cmath>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;
using Steady = std::chrono::steady_clock;
using Microseconds = std::chrono::duration<double, std::micro>;

namespace {

const QString kPrompt =
    u"A train leaves the station at nine in the morning and travels sixty miles "
    u"an hour towards the coast; when will it arrive if the whole way is "
    u"ninety miles?"_s;

// The best of several rounds, each of so many calls: what the machine can do when nobody disturbs.
template<typename Call>
double microsecondsOf(Call call, int calls)
{
    double best = 1e300;
    for (int round = 0; round < 15; ++round) {
        const auto start = Steady::now();
        for (int i = 0; i < calls; ++i)
            call();
        best = std::min(best, Microseconds(Steady::now() - start).count() / calls);
    }
    return best;
}

// What one would write first, to measure against: each word, in lower case, counted in a hash.
double microsecondsOfCountingWords()
{
    int found = 0;
    const double time = microsecondsOf(
        [&] {
            QHash<QString, int> counts;
            for (const QString &word : kPrompt.toLower().split(u' ', Qt::SkipEmptyParts))
                ++counts[word];
            found += int(counts.size());
        },
        2000);
    return found > 0 ? time : 0;
}

void report(const char *what, double time, double reference)
{
    qInfo("%s: %.2f us, %.2f times counting the words of the prompt in a QHash (%.2f us)", what,
          time, time / reference, reference);
}

// Prompts whose words are as unevenly spread as those of a language.
QStringList prompts(int count)
{
    SeededRandom random(7);
    QStringList texts;
    for (int i = 0; i < count; ++i) {
        QStringList words;
        const quint32 length = 20 + random.below(80);
        for (quint32 word = 0; word < length; ++word) {
            const auto rank = quint64(std::exp(random.uniform() * std::log(30'000.0)));
            words.append(QString::number(rank * 7919 % 1'679'616, 36));
        }
        texts.append(words.join(u' '));
    }
    return texts + QStringList(20, kPrompt);
}

} // namespace

// Each figure is a ratio against a reference of the same run.
class BenchLearning : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void linearDecision();
    void latentPoint();
    void familiarity();
    void latentFit();

private:
    double m_reference = 0;
    QStringList m_prompts;
};

void BenchLearning::initTestCase()
{
    m_reference = microsecondsOfCountingWords();
    m_prompts = prompts(2000);
}

// Reading a prompt of 30 words and its product with one vector of weights.
void BenchLearning::linearDecision()
{
    const auto space = FeatureSpace::fit(m_prompts, {});
    const std::vector<float> weights(space.columns(), 0.5F);
    FeatureRow row;
    float sum = 0;
    const double time = microsecondsOf(
        [&] {
            space.read(kPrompt, row);
            for (size_t i = 0; i < row.column.size(); ++i)
                sum += row.value[i] * weights[row.column[i]];
        },
        2000);
    QVERIFY(sum > 0);
    report("features and a linear decision", time, m_reference);
}

void BenchLearning::latentPoint()
{
    const auto space = LatentSpace::fit(m_prompts, {}, 1);
    QVERIFY(space);
    FeatureRow row;
    std::vector<float> point(size_t(space->size()));
    float explained = 0;
    const double time =
        microsecondsOf([&] { explained += space->transform(kPrompt, row, point); }, 1000);
    QVERIFY(explained > 0);
    report("a point of the latent space", time, m_reference);
}

void BenchLearning::familiarity()
{
    const auto familiarity = Familiarity::fit(m_prompts, 1);
    QVERIFY(familiarity);
    double sum = 0;
    const double time = microsecondsOf([&] { sum += familiarity->of(kPrompt); }, 1000);
    QVERIFY(sum > 0);
    report("familiarity", time, m_reference);
}

// Against reading the same prompts once.
void BenchLearning::latentFit()
{
    const QStringList many = prompts(9759);
    auto start = Steady::now();
    const auto rows = FeatureSpace::fit(many, {}).read(many);
    const double reading = Microseconds(Steady::now() - start).count();
    start = Steady::now();
    const auto space = LatentSpace::fit(many, {}, 1);
    const double fitting = Microseconds(Steady::now() - start).count();
    QVERIFY(space && rows.rows() == many.size());
    qInfo("latent space of %d prompts: %.2f s, %.1f times fitting and reading their features "
          "(%.2f s)",
          int(many.size()), fitting / 1e6, fitting / reading, reading / 1e6);
}

QTEST_GUILESS_MAIN(BenchLearning)
#include "bench_learning.moc"
