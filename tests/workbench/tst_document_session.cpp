#include "core/policy/policy_format.h"
#include "tests/workbench/document_edits.h"

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
