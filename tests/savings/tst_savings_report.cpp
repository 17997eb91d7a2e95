#include "sample_runs.h"
#include "ui/savings/savings_cards.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;
using test::SampleRun;

class TestSavingsReport final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void originsAreNeverAdded()
    {
        QTemporaryDir folder;
        const auto ledger = test::sampleLedger(
            folder.path(), {{.cost = 10}, {.cost = 20}, {.cost = 1000, .simulated = false}});
        SavingsFilter filter;
        const auto byDefault = loadReport(*ledger, filter, QDateTime::currentDateTime());
        QVERIFY(byDefault);
        QCOMPARE(byDefault->origin, Origin::Live);
        QCOMPARE(byDefault->totals.cost, Money::fromNanos(1000));
        QVERIFY(byDefault->hasSimulated && byDefault->hasLive);
        filter.origin = Origin::Simulated;
        const auto simulated = loadReport(*ledger, filter, QDateTime::currentDateTime());
        QCOMPARE(simulated->totals.cost, Money::fromNanos(30));
        QCOMPARE(simulated->runs.size(), 2);
    }

    void whatIsThereIsShownByDefault()
    {
        QTemporaryDir folder;
        const auto ledger = test::sampleLedger(folder.path(), {SampleRun{}});
        const auto report = loadReport(*ledger, {}, QDateTime::currentDateTime());
        QCOMPARE(report->origin, Origin::Simulated);
        QVERIFY(!report->hasLive);
        QCOMPARE(report->baseline, u"Albatross"_s);
    }

    void recordingsAreKeptApartButForTheirOwnName()
    {
        QTemporaryDir folder;
        const SampleRun recorded{.policy = u"Recording of practice"_s,
                                 .cost = 700,
                                 .baseline = {},
                                 .origin = engine::RunOrigin::Recorded};
        const auto ledger = test::sampleLedger(folder.path(), {{.cost = 10}, recorded, recorded});
        SavingsFilter filter;
        const auto all = loadReport(*ledger, filter, QDateTime::currentDateTime());
        QCOMPARE(all->totals.cost, Money::fromNanos(10));
        QCOMPARE(all->totals.runs, 1);
        QCOMPARE(all->points.last().cost, Money::fromNanos(10));
        QCOMPARE(all->runs.size(), 1);
        QCOMPARE(all->recordings.runs, 2);
        QCOMPARE(all->recordings.cost, Money::fromNanos(1400));
        QCOMPARE(all->baseline, u"Albatross"_s); // one policy's
        QVERIFY(all->policyNames.contains(recorded.policy));
        filter.policyName = recorded.policy;
        const auto one = loadReport(*ledger, filter, QDateTime::currentDateTime());
        QCOMPARE(one->totals.cost, Money::fromNanos(1400));
        QCOMPARE(one->runs.size(), 2);
        QCOMPARE(one->recordings.runs, 0);
    }

    void anEmptyLedgerIsNoFilterWithoutMatch()
    {
        QTemporaryDir folder;
        const auto empty = test::sampleLedger(folder.path(), {});
        QVERIFY(loadReport(*empty, {}, QDateTime::currentDateTime())->isLedgerEmpty());
        QVERIFY(empty->record(test::sampleTrace({}), false));
        SavingsFilter other;
        other.policyName = u"another"_s;
        const auto report = loadReport(*empty, other, QDateTime::currentDateTime());
        QVERIFY(!report->isLedgerEmpty());
        QCOMPARE(report->totals.runs, 0);
        QCOMPARE(report->policyNames, QStringList{u"support"_s});
    }

    void mixedPoliciesHaveNoSingleBaseline()
    {
        QTemporaryDir folder;
        const auto ledger =
            test::sampleLedger(folder.path(), {SampleRun{}, {.policy = u"other"_s}});
        QVERIFY(loadReport(*ledger, {}, QDateTime::currentDateTime())->baseline.isEmpty());
        SavingsFilter one;
        one.policyName = u"other"_s;
        const auto report = loadReport(*ledger, one, QDateTime::currentDateTime());
        QCOMPARE(report->baseline, u"Albatross"_s);
        QCOMPARE(report->totals.runs, 1);
    }

    void unknownPricesAreCountedAndNamed()
    {
        QTemporaryDir folder;
        const auto ledger =
            test::sampleLedger(folder.path(), {SampleRun{},
                                               {.model = u"Egret"_s, .unknownPrice = true},
                                               {.model = u"Heron"_s, .unknownPrice = true}});
        const auto report = loadReport(*ledger, {}, QDateTime::currentDateTime());
        QCOMPARE(report->totals.unknownPrices, 2);
        QCOMPARE(report->unpricedModels, (QStringList{u"Egret"_s, u"Heron"_s}));
        const QString sentence = unpricedSentence(*report);
        QVERIFY(sentence.contains(u"2 queries"_s));
        QVERIFY(sentence.contains(u"Egret"_s) && sentence.contains(u"Heron"_s));
        QVERIFY(unpricedSentence(SavingsReport()).isEmpty());
    }

    void periodsAreWholeDaysOfTheZone()
    {
        const QTimeZone zone("Asia/Tokyo");
        const QDateTime now(QDate(2026, 11, 23), QTime(1, 30), zone);
        SavingsFilter filter;
        filter.period = Period::Today;
        const auto today = toSpendFilter(filter, Origin::Live, now);
        QCOMPARE(today.from, QDateTime(QDate(2026, 11, 22), QTime(15, 0), Qt::UTC));
        QCOMPARE(today.simulated, std::optional(false));
        filter.period = Period::Week;
        QCOMPARE(toSpendFilter(filter, Origin::Live, now).from, today.from.addDays(-6));
        filter.period = Period::All;
        QVERIFY(!toSpendFilter(filter, Origin::Live, now).from.isValid());
    }

    void runsOutsideThePeriodAreLeftOut()
    {
        QTemporaryDir folder;
        const QDateTime now = QDateTime::currentDateTimeUtc();
        const auto ledger = test::sampleLedger(
            folder.path(), {{.at = now.addDays(-40)}, {.at = now.addDays(-3)}, {.at = now}});
        SavingsFilter filter;
        const auto runsIn = [&](Period period) {
            filter.period = period;
            return loadReport(*ledger, filter, now.toLocalTime())->totals.runs;
        };
        QCOMPARE(runsIn(Period::Week), 2);
        QCOMPARE(runsIn(Period::Month), 2);
        QCOMPARE(runsIn(Period::All), 3);
    }
};

QTEST_MAIN(TestSavingsReport)
#include "tst_savings_report.moc"
