#include "core/learning/training_check.h"

#include <QTest>

#include <limits>

using namespace headgate;
using namespace headgate::learning;
using namespace Qt::StringLiterals;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

// Twenty rows of these targets in turn.
TrainingSet setOf(TargetKind kind, const QStringList &outputs,
                  const std::vector<std::vector<float>> &rows)
{
    TrainingSet set;
    set.kind = kind;
    set.outputs = outputs;
    set.targets.columns = outputs.size();
    for (int row = 0; row < 20; ++row) {
        set.prompts.append(u"prompt %1"_s.arg(row));
        const auto &targets = rows[size_t(row) % rows.size()];
        set.targets.values.insert(set.targets.values.end(), targets.begin(), targets.end());
    }
    if (kind == TargetKind::Rightness)
        set.answers = set.prompts;
    return set;
}

const QStringList kLabels{u"easy"_s, u"hard"_s};
const QStringList kModels{u"small"_s, u"large"_s};

} // namespace

Q_DECLARE_METATYPE(headgate::learning::TrainingSet)

class TestTrainingCheck final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void setsThatTeachSomethingPass_data()
    {
        QTest::addColumn<TrainingSet>("set");
        QTest::newRow("labels") << setOf(TargetKind::Labels, kLabels, {{1, 0}, {0, 1}});
        QTest::newRow("qualities") << setOf(TargetKind::Qualities, kModels, {{1, 0}, {1, 1}});
        QTest::newRow("a model that is always right")
            << setOf(TargetKind::Qualities, kModels, {{0, 1}, {1, 1}});
        QTest::newRow("some not measured")
            << setOf(TargetKind::Qualities, kModels, {{kNan, 0}, {0.5F, 1}});
        QTest::newRow("answers") << setOf(TargetKind::Rightness, {u"right"_s}, {{1}, {0.5F}});
    }
    void setsThatTeachSomethingPass()
    {
        QFETCH(TrainingSet, set);
        const auto checked = checkTrainingSet(set);
        QVERIFY2(checked, checked ? "" : qPrintable(checked.error().message));
    }

    void setsThatTeachNothingAreRefused_data()
    {
        QTest::addColumn<TrainingSet>("set");
        QTest::addColumn<QString>("says");
        QTest::newRow("one label") << setOf(TargetKind::Labels, kLabels, {{0, 1}}) << u"hard"_s;
        QTest::newRow("ties") << setOf(TargetKind::Qualities, kModels, {{1, 1}, {0, 0}, {1, kNan}})
                              << u"All models do equally well"_s;
        QTest::newRow("a model without outcomes")
            << setOf(TargetKind::Qualities, kModels, {{1, kNan}, {0, kNan}}) << u"large"_s;
        QTest::newRow("one model, one quality")
            << setOf(TargetKind::Qualities, {u"small"_s}, {{1}}) << u"small"_s;
        QTest::newRow("all answers are right")
            << setOf(TargetKind::Rightness, {u"right"_s}, {{1}, {kNan}}) << u"equally right"_s;
        QTest::newRow("nothing measured")
            << setOf(TargetKind::Qualities, kModels, {{kNan, kNan}}) << u"at least 10"_s;
        QTest::newRow("above 1") << setOf(TargetKind::Qualities, kModels, {{0, 1}, {0, 3}})
                                 << u"Prompt 2"_s;
        QTest::newRow("below 0") << setOf(TargetKind::Qualities, kModels, {{0, 1}, {0, -1}})
                                 << u"between 0 and 1"_s;
        QTest::newRow("infinite") << setOf(TargetKind::Qualities, kModels,
                                           {{0, std::numeric_limits<float>::infinity()}})
                                  << u"Prompt 1"_s;
        QTest::newRow("no outputs") << setOf(TargetKind::Labels, {}, {{}}) << u"neither"_s;
    }
    void setsThatTeachNothingAreRefused()
    {
        QFETCH(TrainingSet, set);
        QFETCH(QString, says);
        const auto checked = checkTrainingSet(set);
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, ErrorCode::InvalidInput);
        QVERIFY2(checked.error().message.contains(says), qPrintable(checked.error().message));
    }

    void threeRowsAreTooFew()
    {
        TrainingSet set = setOf(TargetKind::Labels, kLabels, {{1, 0}, {0, 1}});
        set.prompts.resize(3);
        set.targets.values.resize(6);
        const auto checked = checkTrainingSet(set);
        QVERIFY(!checked);
        QVERIFY(checked.error().message.contains(u"3"_s));
    }
};

QTEST_GUILESS_MAIN(TestTrainingCheck)
#include "tst_training_check.moc"
