#include "core/policy/policy_format.h"
#include "tests/support/word_learner.h"
#include "tests/workbench/document_edits.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::workbench;
using namespace Qt::StringLiterals;

class TestDocumentSession final : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

private Q_SLOTS:
    void aNewPolicyIsUntitledAndClean()
    {
        DocumentSession session;
        session.createNew();
        QVERIFY(session.path().isEmpty());
        QVERIFY(!session.isEdited());
        QCOMPARE(session.editor().document().nodes.size(), 2);
        QVERIFY(!session.save());
    }

    void savingCleansAndReadsBackEqual()
    {
        DocumentSession session;
        session.createNew();
        edit(session, u"support"_s);
        QVERIFY(session.isEdited());
        QSignalSpy saved(&session, &DocumentSession::saved);
        const QString path = m_folder.filePath(u"a.headgate"_s);
        QVERIFY(session.saveAs(path));
        QCOMPARE(saved.size(), 1);
        QVERIFY(!session.isEdited());
        QCOMPARE(session.name(), u"a.headgate"_s);
        DocumentSession again;
        QVERIFY(again.open(path));
        QCOMPARE(again.editor().document(), session.editor().document());
    }

    void savingPutsTheTrainedFilesBesideThePolicy()
    {
        const QTemporaryDir own;
        const QTemporaryDir beside;
        const QString file =
            savedWordArtifact({.outputs = {u"easy"_s, u"hard"_s}}, own.path());
        const learning::ArtifactShelf shelf(wordLearners(), {own.path()});
        DocumentSession session;
        session.useArtifacts(shelf);
        session.createNew();
        QVERIFY(session.editor().addNode({.id = {u"c"_s},
                                          .kind = u"classifier"_s,
                                          .config = {{"artifact", toStdString(file)}}}));
        // One that is nowhere does not keep the policy from being saved.
        QVERIFY(session.editor().addNode({.id = {u"d"_s},
                                          .kind = u"classifier"_s,
                                          .config = {{"artifact", "words-1.hga"}}}));
        const QString path = beside.filePath(u"a.headgate"_s);
        QVERIFY(session.saveAs(path));
        QCOMPARE(QDir(beside.path()).entryList(QDir::Files, QDir::Name),
                 QStringList({u"a.headgate"_s, file}));
        // Whoever opens it finds them there.
        DocumentSession again;
        const learning::ArtifactShelf other{wordLearners()};
        again.useArtifacts(other);
        QVERIFY(again.open(path));
        QVERIFY(other.model(file));
        // To another folder they go along.
        const QTemporaryDir third;
        QVERIFY(again.saveAs(third.filePath(u"b.headgate"_s)));
        QVERIFY(QFile::exists(third.filePath(file)));
    }

    void aTrainedFileThatCannotBeCopiedKeepsThePolicyUnsaved()
    {
        const QTemporaryDir own;
        const QString file =
            savedWordArtifact({.outputs = {u"easy"_s, u"hard"_s}}, own.path());
        DocumentSession session;
        session.useArtifacts(learning::ArtifactShelf(wordLearners(), {own.path()}));
        session.createNew();
        QVERIFY(session.editor().addNode({.id = {u"c"_s},
                                          .kind = u"classifier"_s,
                                          .config = {{"artifact", toStdString(file)}}}));
        const auto saved = session.saveAs(m_folder.filePath(u"no/such/folder/a.headgate"_s));
        QVERIFY(!saved);
        QVERIFY2(saved.error().message.contains(file), qPrintable(saved.error().message));
        QVERIFY(session.path().isEmpty());
    }

    void undoToTheSavedStateIsClean()
    {
        DocumentSession session;
        session.createNew();
        QVERIFY(session.saveAs(m_folder.filePath(u"b.headgate"_s)));
        edit(session, u"other"_s);
        QVERIFY(session.isEdited());
        session.undoStack().undo();
        QVERIFY(!session.isEdited());
    }

    void aFileThatCannotBeReadLeavesTheOpenPolicyAlone()
    {
        DocumentSession session;
        session.createNew();
        edit(session, u"precious"_s);
        const policy::PolicyDocument before = session.editor().document();
        const QString damaged = m_folder.filePath(u"damaged.headgate"_s);
        put(damaged, "{\"format\": \"headgate.policy\", ");
        const auto opened = session.open(damaged);
        QVERIFY(!opened);
        QVERIFY(!opened.error().message.isEmpty());
        QVERIFY(!session.open(u"/nowhere.headgate"_s));
        QCOMPARE(session.editor().document(), before);
        QVERIFY(session.isEdited());
        QVERIFY(session.path().isEmpty());
    }

    void anExampleOpensAsAnUntitledCopy()
    {
        DocumentSession session;
        QVERIFY(session.open(u":/headgate/policies/frugal-cascade.headgate"_s));
        QVERIFY(session.path().isEmpty());
        QVERIFY(!session.isEdited());
        QVERIFY(session.editor().document().nodes.size() > 4);
    }

    void aNewerFileIsNeverSavedOver()
    {
        DocumentSession session;
        session.createNew();
        const QString path = m_folder.filePath(u"newer.headgate"_s);
        QVERIFY(session.saveAs(path));
        put(path, contents(path).replace("\"version\": 1", "\"version\": 99"));
        const QByteArray before = contents(path);
        QVERIFY(session.open(path));
        QVERIFY(session.isReadOnly());
        QVERIFY(!session.save());
        QVERIFY(!session.saveAs(path));
        QCOMPARE(contents(path), before);
        QVERIFY(session.saveAs(m_folder.filePath(u"copy.headgate"_s)));
        QVERIFY(!session.isReadOnly());
    }
};

QTEST_MAIN(TestDocumentSession)
#include "tst_document_session.moc"
