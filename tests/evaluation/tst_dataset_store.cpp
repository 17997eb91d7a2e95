#include "core/evaluation/datasets/dataset_schema.h"
#include "core/evaluation/datasets/dataset_store.h"
#include "core/evaluation/datasets/dataset_thread.h"
#include "core/sqlite/database.h"

#include <QTemporaryDir>
#include <QTest>
#include <QThread>

using namespace headgate;
using namespace headgate::evaluation;
using namespace Qt::StringLiterals;

namespace {

const ModelMark kSmall{u"small"_s, u"t0"_s};
const ModelMark kLarge{u"large"_s, u"t0"_s};

DatasetPrompt promptNumber(int i)
{
    return {.id = u"q%1"_s.arg(i), .prompt = u"p%1"_s.arg(i)};
}

RecordedOutcome outcomeOf(const ModelMark &model, qint64 row, double quality)
{
    return {.row = row,
            .model = model,
            .figures = {.quality = quality, .cost = Money::fromNanos(1'500)},
            .answer = u"yes"_s,
            .why = u"It is right."_s};
}

} // namespace

class TestDatasetStore final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = DatasetStore::open(path()).value();
    }
    void cleanup() { m_store.reset(); }

    void everythingOfAPromptComesBack()
    {
        const DatasetPrompt full{
            .id = u"a"_s,
            .prompt = u"And now?"_s,
            .messages = {{Message::Role::System, u"Be kind."_s, Json::object()},
                         {Message::Role::User, u"And now?"_s, Json{{"name", "eve"}}}},
            .expected = u"Grüße"_s,
            .subset = u"talk"_s,
            .metadata = Json{{"tenant", "x"}, {"depth", Json::array({1, 2})}}};
        const DatasetPrompt bare{.id = u"b"_s, .prompt = u"Hi"_s};
        const auto id = fill({full, bare}, u"both"_s);
        const QList<StoredPrompt> read = promptsOf(id);
        QCOMPARE(read.size(), 2);
        QVERIFY(read[0].prompt == full);
        QVERIFY(read[1].prompt == bare);
        QCOMPARE(read[0].row, 1);
        QCOMPARE(read[1].part, partOf("Hi"));
    }

    void thePartsAreCounted()
    {
        const auto id = fill(numbered(200), u"many"_s);
        DatasetSummary counted;
        for (const StoredPrompt &each : promptsOf(id)) {
            QCOMPARE(each.part, partOf(each.prompt.prompt.toUtf8()));
            ++(each.part == Part::Train        ? counted.train
               : each.part == Part::Validation ? counted.validation
                                               : counted.test);
        }
        const auto summary = m_store->dataset(id).value();
        QCOMPARE(summary.train, counted.train);
        QCOMPARE(summary.validation, counted.validation);
        QCOMPARE(summary.test, counted.test);
        QCOMPARE(summary.prompts(), 200);
    }

    void whatIsNotFinishedIsGone()
    {
        {
            auto writer = m_store->create(u"half"_s, {}, u"x"_s).value();
            QVERIFY(writer.add(1, promptNumber(1)));
        }
        QVERIFY(m_store->datasets()->isEmpty());
        QCOMPARE(count(u"prompts"_s), 0);
        fill(numbered(1), u"half"_s); // the name is free
    }

    void whatIsWrittenAfterAnImportIsCheckedAgain()
    {
        auto writer = m_store->create(u"d"_s, {}, {}).value();
        QVERIFY(writer.add(1, promptNumber(1)));
        QVERIFY(writer.addOutcome("small", {.quality = 1}));
        const auto id = writer.finish()->id; // the writer is still there
        QVERIFY(m_store->remove(id));
        // References were followed: nothing is left of what belonged to it.
        QCOMPARE(count(u"prompts"_s), 0);
        QCOMPARE(count(u"models"_s), 0);
        QCOMPARE(count(u"outcomes"_s), 0);
    }

    void aTakenOrBlankNameIsRefused()
    {
        fill(numbered(1), u"mine"_s);
        const auto again = m_store->create(u" mine "_s, {}, {});
        QVERIFY(!again);
        QVERIFY(again.error().message.contains(u"“mine” already"));
        QVERIFY(!m_store->create(u"  "_s, {}, {}));
        fill(numbered(1), u"other"_s); // no transaction was left open
        QCOMPARE(m_store->datasets()->size(), 2);
    }

    void anIdThatWasGivenBeforeNamesItsRow()
    {
        auto writer = m_store->create(u"d"_s, {}, {}).value();
        QVERIFY(writer.add(7, promptNumber(1)));
        const auto twice = writer.add(8, promptNumber(1));
        QVERIFY(!twice);
        QCOMPARE(twice.error().code, ErrorCode::InvalidInput);
        QVERIFY2(twice.error().message.contains(u"“q1” was already given in row 7"),
                 qPrintable(twice.error().message));
        QVERIFY(!writer.add(9, {.id = u"z"_s, .prompt = u" \n"_s}));
        QVERIFY(writer.add(10, promptNumber(2)));
        QCOMPARE(writer.finish()->prompts(), 2);
    }

    void readingStopsWhereTheHandlerSaysSo()
    {
        const auto id = fill(numbered(10), u"d"_s);
        int read = 0;
        QVERIFY(m_store->readPrompts(id, [&read](const StoredPrompt &) { return ++read < 3; }));
        QCOMPARE(read, 3);
    }

    void aDataSetIsRenamedUnlessTheNameIsTaken()
    {
        const auto id = fill(numbered(1), u"mine"_s);
        fill(numbered(1), u"other"_s);
        QVERIFY(m_store->rename(id, u" ours "_s));
        QCOMPARE(m_store->dataset(id)->name, u"ours"_s);
        QVERIFY(m_store->rename(id, u"ours"_s)); // its own name is free to it
        const auto taken = m_store->rename(id, u"other"_s);
        QVERIFY(!taken);
        QVERIFY(taken.error().message.contains(u"“other” already"));
        QVERIFY(!m_store->rename(id, u" "_s));
        QCOMPARE(m_store->rename(DatasetId(99), u"new"_s).error().code, ErrorCode::NotFound);
        QCOMPARE(m_store->dataset(id)->name, u"ours"_s);
    }

    void aDataSetKnowsWhetherItHasOutcomes()
    {
        const auto id = fill(numbered(2), u"d"_s);
        QVERIFY(!m_store->dataset(id)->hasOutcomes);
        QVERIFY(m_store->record(id, {outcomeOf(kSmall, 1, 1)}));
        QVERIFY(m_store->dataset(id)->hasOutcomes);
    }

    void aThreadOfItsOwnAnswersInTheOrderOfAsking()
    {
        fill(numbered(3), u"d"_s);
        DatasetThread datasets(path());
        QThread *first = nullptr;
        QThread *second = nullptr;
        const auto write = datasets.ask([&first](DatasetStore &store) {
            first = QThread::currentThread();
            return store.remove(store.datasets()->first().id);
        });
        const auto read = datasets.ask([&second](DatasetStore &store) {
            second = QThread::currentThread();
            return store.datasets();
        });
        QVERIFY(read.result()->isEmpty());
        QVERIFY(write.result());
        QCOMPARE(first, second);
        QVERIFY(first != QThread::currentThread());
    }

    void aDamagedFileIsToldByEveryAnswerUntilItIsSetAside()
    {
        const QString damaged = m_folder->filePath(u"damaged.sqlite"_s);
        QFile file(damaged);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(4096, 'x'));
        file.close();
        DatasetThread datasets(damaged);
        const auto list = [&datasets] {
            return datasets.ask([](DatasetStore &store) { return store.datasets(); }).result();
        };
        QCOMPARE(list().error().code, ErrorCode::Damaged);
        QCOMPARE(list().error().code, ErrorCode::Damaged);
        const auto kept = datasets.setAside().result();
        QVERIFY2(kept && QFile::exists(*kept), kept ? "" : qPrintable(kept.error().message));
        QVERIFY(list()->isEmpty());
    }

    void outcomesComeBackInColumns()
    {
        const auto id = fill(numbered(3), u"d"_s);
        RecordedOutcome full = outcomeOf(kSmall, 1, 0.25);
        full.figures.checkCost = Money::fromNanos(7);
        full.figures.confidence = -0.5;
        full.figures.latencyMs = 12.5;
        full.figures.inTokens = 10;
        full.figures.outTokens = 20;
        RecordedOutcome ungraded = outcomeOf(kLarge, 2, 0);
        ungraded.figures.quality.reset();
        QVERIFY(m_store->record(id, {full, outcomeOf(kLarge, 3, 1), ungraded}));

        const auto table = m_store->outcomes(id, {.prompts = true, .answers = true}).value();
        QCOMPARE(table.rows, 3);
        QCOMPARE(table.ids.at(1).toByteArray(), "q2");
        QCOMPARE(table.prompts.at(2).toByteArray(), "p3");
        QCOMPARE(table.part[0], partOf("p1"));
        const ModelColumns &small = table.models[size_t(table.modelIndex(u"small"_s))];
        QCOMPARE(small.quality[0], 0.25f);
        QCOMPARE(small.costAt(0), 1'500);
        QCOMPARE(small.checkCostAt(0), 7);
        QCOMPARE(small.confidence[0], -0.5f);
        QCOMPARE(small.latencyMs[0], 12.5f);
        QCOMPARE(small.inTokens[0], 10);
        QCOMPARE(small.outTokens[0], 20);
        QCOMPARE(small.answers.at(0).toByteArray(), "yes");
        QVERIFY(!small.answered(1));
        const ModelColumns &large = table.models[size_t(table.modelIndex(u"large"_s))];
        QVERIFY(!large.answered(0));
        QVERIFY(!large.answered(1));
        QCOMPARE(large.costAt(1), 1'500); // asked and paid, not graded yet
        QVERIFY(large.answered(2));
    }

    void otherParametersAreAnotherModel()
    {
        const auto id = fill(numbered(1), u"d"_s);
        QVERIFY(
            m_store->record(id, {outcomeOf({u"small"_s, u"t0"_s}, 1, 0),
                                 outcomeOf({u"small"_s, u"t1"_s}, 1, 1), outcomeOf(kLarge, 1, 1)}));
        const auto table = m_store->outcomes(id).value();
        QCOMPARE(table.models.size(), 3u);
        QCOMPARE(table.models[size_t(table.modelIndex(u"small (t0)"_s))].quality[0], 0.0f);
        QCOMPARE(table.models[size_t(table.modelIndex(u"small (t1)"_s))].quality[0], 1.0f);
        QVERIFY(table.modelIndex(u"large"_s) >= 0);
    }

    void promptsAndOutcomesAreReadInPieces()
    {
        const auto id = fill(numbered(4), u"d"_s);
        QVERIFY(m_store->record(id, {outcomeOf(kSmall, 2, 1), outcomeOf(kLarge, 1, 1)}));
        const auto two = m_store->promptsAfter(id, 1, 2).value();
        QCOMPARE(two.size(), 2);
        QCOMPARE(two[0].row, 2);
        QCOMPARE(two[1].prompt.id, u"q3"_s);
        QVERIFY(m_store->promptsAfter(id, 4, 2)->isEmpty());
        const auto known = m_store->outcomesOf(id, 2, 4).value();
        QCOMPARE(known.size(), 1);
        QCOMPARE(known[0].row, 2);
        QVERIFY(known[0].model == kSmall);
        QCOMPARE(known[0].why, u"It is right."_s);
    }

    void whatWasAskedBeforeIsFoundInEveryDataSet()
    {
        const auto id = fill(numbered(2), u"d"_s);
        RecordedOutcome asked = outcomeOf(kSmall, 2, 1);
        asked.content = "address";
        QVERIFY(m_store->record(id, {asked, outcomeOf(kLarge, 2, 1)}));
        const auto found = m_store->answeredBefore("address").value();
        QVERIFY(found);
        QCOMPARE(found->answer, u"yes"_s);
        QVERIFY(found->model == kSmall);
        QVERIFY(!m_store->answeredBefore("another").value());
    }

    void anotherGraderForgetsWhatTheFormerSaid()
    {
        const auto id = fill(numbered(2), u"d"_s);
        RecordedOutcome imported = outcomeOf(kLarge, 1, 1);
        imported.why.clear(); // nobody here said so
        QVERIFY(m_store->record(id, {outcomeOf(kSmall, 1, 0.5), imported}));
        QVERIFY(m_store->setGrader(id, Json{{"kind", "exact"}}));
        QVERIFY(!m_store->outcome(id, 1, kSmall)->figures.quality);
        QCOMPARE(m_store->outcome(id, 1, kSmall)->answer, u"yes"_s);
        QCOMPARE(m_store->outcome(id, 1, kLarge)->figures.quality, 1.0);
        QVERIFY(m_store->record(id, {outcomeOf(kSmall, 1, 0.5)}));
        QVERIFY(m_store->setGrader(id, Json{{"kind", "exact"}})); // the same one
        QCOMPARE(m_store->outcome(id, 1, kSmall)->figures.quality, 0.5);
    }

    void theUsualLengthOfAnswersIsTheirMean()
    {
        const auto id = fill(numbered(3), u"d"_s);
        QVERIFY(!m_store->usualAnswerTokens(id, kSmall).value());
        RecordedOutcome outcome = outcomeOf(kSmall, 1, 1);
        outcome.figures.outTokens = 10;
        RecordedOutcome other = outcomeOf(kSmall, 2, 1);
        other.figures.outTokens = 31;
        QVERIFY(m_store->record(id, {outcome, other, outcomeOf(kSmall, 3, 1)}));
        QCOMPARE(m_store->usualAnswerTokens(id, kSmall).value(), std::optional<qint64>(21));
    }

    void aWrongOutcomeKeepsTheOthersOut()
    {
        const auto id = fill(numbered(2), u"d"_s);
        const auto wrong =
            m_store->record(id, {outcomeOf(kSmall, 1, 1), outcomeOf(kSmall, 2, 1.5)});
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().code, ErrorCode::InvalidInput);
        QVERIFY2(wrong.error().message.contains(u"row 2"), qPrintable(wrong.error().message));
        const auto unknown =
            m_store->record(id, {outcomeOf(kSmall, 1, 1), outcomeOf(kSmall, 99, 1)});
        QCOMPARE(unknown.error().code, ErrorCode::NotFound);
        QCOMPARE(count(u"outcomes"_s), 0);
    }

    void anOutcomeIsReplacedAndVotedOn()
    {
        const auto id = fill(numbered(1), u"d"_s);
        QVERIFY(!m_store->vote(id, 1, kSmall, true));
        QVERIFY(m_store->record(id, {outcomeOf(kSmall, 1, 0)}));
        QVERIFY(m_store->record(id, {outcomeOf(kSmall, 1, 0.5)}));
        QVERIFY(m_store->vote(id, 1, kSmall, false));
        const auto kept = m_store->outcome(id, 1, kSmall).value();
        QCOMPARE(kept.figures.quality, std::optional(0.5));
        QCOMPARE(kept.vote, std::optional(false));
        QCOMPARE(kept.why, u"It is right."_s);
        QCOMPARE(m_store->outcome(id, 1, kLarge).error().code, ErrorCode::NotFound);
    }

    void aRemovedSetLeavesNothingAndTheOthersWhole()
    {
        const auto gone = fill(numbered(3), u"gone"_s);
        const auto kept = fill(numbered(2), u"kept"_s);
        QVERIFY(m_store->record(gone, {outcomeOf(kSmall, 1, 1)}));
        QVERIFY(m_store->record(kept, {outcomeOf(kSmall, 1, 1)}));
        QVERIFY(m_store->remove(gone));
        QCOMPARE(count(u"prompts"_s), 2);
        QCOMPARE(count(u"outcomes"_s), 1);
        QCOMPARE(count(u"models"_s), 1);
        QCOMPARE(m_store->remove(gone).error().code, ErrorCode::NotFound);
        QCOMPARE(m_store->dataset(gone).error().code, ErrorCode::NotFound);
    }

    void theGraderIsKept()
    {
        const auto id = fill(numbered(1), u"d"_s);
        const Json grader{{"kind", "number"}, {"absolute", 0.1}};
        QVERIFY(m_store->setGrader(id, grader));
        m_store = DatasetStore::open(path()).value();
        QVERIFY(m_store->dataset(id)->grader == grader);
    }

    void readingAnOutcomeTableCanBeStopped()
    {
        const auto id = fill(numbered(5), u"d"_s);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(m_store->outcomes(id, {}, stop.get_token()).error().code, ErrorCode::Cancelled);
    }

    void aNewerForeignOrDamagedFileIsLeftAsItIs_data()
    {
        QTest::addColumn<QString>("meddling");
        QTest::addColumn<int>("code");
        QTest::newRow("newer") << u"PRAGMA user_version = 99"_s
                               << int(ErrorCode::UnsupportedVersion);
        QTest::newRow("foreign") << u"PRAGMA application_id = 7"_s << int(ErrorCode::Damaged);
        QTest::newRow("another's trigger")
            << u"CREATE TRIGGER t AFTER INSERT ON prompts BEGIN DELETE FROM outcomes; END"_s
            << int(ErrorCode::Damaged);
    }

    void aNewerForeignOrDamagedFileIsLeftAsItIs()
    {
        QFETCH(const QString, meddling);
        QFETCH(const int, code);
        m_store.reset();
        QVERIFY(sqlite::Database::open(path(), datasetFormat()).value()->execute(meddling));
        const auto opened = DatasetStore::open(path());
        QVERIFY(!opened);
        QCOMPARE(int(opened.error().code), code);
        const auto aside = DatasetStore::setAside(path());
        QVERIFY(aside);
        QVERIFY(QFile::exists(*aside));
        QVERIFY(DatasetStore::open(path()));
    }

private:
    QString path() const { return m_folder->filePath(u"workspace.sqlite"_s); }

    static QList<DatasetPrompt> numbered(int prompts)
    {
        QList<DatasetPrompt> list;
        for (int i = 1; i <= prompts; ++i)
            list.append(promptNumber(i));
        return list;
    }

    DatasetId fill(const QList<DatasetPrompt> &prompts, const QString &name)
    {
        auto writer = m_store->create(name, {}, u"a test"_s).value();
        for (qsizetype i = 0; i < prompts.size(); ++i) {
            if (!writer.add(i + 1, prompts[i]))
                qFatal("a prompt was refused");
        }
        return writer.finish().value().id;
    }

    QList<StoredPrompt> promptsOf(DatasetId id) const
    {
        QList<StoredPrompt> list;
        (void)m_store->readPrompts(id, [&list](const StoredPrompt &each) {
            list.append(each);
            return true;
        });
        return list;
    }

    int count(const QString &table) const
    {
        const auto database = sqlite::Database::open(path(), datasetFormat()).value();
        return database->value(u"SELECT COUNT(*) FROM "_s + table)->toInt();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DatasetStore> m_store;
};

QTEST_GUILESS_MAIN(TestDatasetStore)
#include "tst_dataset_store.moc"
