#include "ui/common/command_model.h"
#include "ui/common/command_popup.h"
#include "ui/common/fuzzy_match.h"
#include "ui/common/panes.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"

#include <QAbstractItemModelTester>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QListView>
#include <QTemporaryDir>
#include <QTest>

using namespace headgate::ui;
using namespace Qt::StringLiterals;

namespace {

CommandSource source(const QString &section, const QStringList &titles,
                     CommandSource::Kind kind = CommandSource::Kind::Place)
{
    return {section, kind, [titles] {
                QList<Command> commands;
                for (const QString &title : titles)
                    commands.append({.id = title, .title = title});
                return commands;
            }};
}

QStringList shown(const CommandModel &model)
{
    QStringList titles;
    for (int row = 0; row < model.rowCount(); ++row)
        titles.append(model.index(row).data().toString());
    return titles;
}

} // namespace

class TestGoTo final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsCountMoreThanInsides()
    {
        const auto start = fuzzyScore(u"sav", u"Savings");
        const auto word = fuzzyScore(u"sav", u"Open savings");
        const auto inside = fuzzyScore(u"vin", u"Savings");
        const auto initials = fuzzyScore(u"gta", u"Go to anything");
        QVERIFY(start && word && inside && initials);
        QVERIFY(*start > *word && *word > *inside && *inside > *initials);
        QVERIFY(!fuzzyScore(u"xyz", u"Savings"));
        QVERIFY(!fuzzyScore(u"sav xyz", u"Savings")); // every word has to be found
        QCOMPARE(fuzzyScore(u"", u"anything"), std::optional(0));
        QVERIFY(fuzzyScore(u"large gate", u"Gate Large"));
    }

    void theBestAndTheRecentComeFirst()
    {
        CommandModel model;
        QAbstractItemModelTester tester(&model);
        const QList<CommandSource> sources{
            source(u"Node"_s, {u"Not saved"_s, u"Save gate"_s}),
            source(u"Command"_s, {u"Save"_s, u"Open"_s}, CommandSource::Kind::Action)};
        model.setSources(sources, false, {});
        model.setSearch(u"sav"_s);
        QCOMPARE(shown(model), (QStringList{u"Save gate"_s, u"Save"_s, u"Not saved"_s}));
        model.setSources(sources, false, {u"Save"_s});
        model.setSearch(u"sav"_s);
        QCOMPARE(shown(model), (QStringList{u"Save"_s, u"Save gate"_s, u"Not saved"_s}));
        model.setSearch({});
        QCOMPARE(shown(model).first(), u"Save"_s);
        model.setSources(sources, true, {});
        QCOMPARE(shown(model), (QStringList{u"Save"_s, u"Open"_s}));
    }

    void sectionDetailAndKeywordsFindToo()
    {
        CommandModel model;
        model.setSources({{u"Model"_s, CommandSource::Kind::Place,
                           [] {
                               return QList<Command>{{.id = u"a"_s,
                                                      .title = u"Heron"_s,
                                                      .detail = u"sim-aviary"_s,
                                                      .keywords = u"fast"_s,
                                                      .shortcut = QKeySequence(Qt::Key_F4)}};
                           }}},
                         false, {});
        for (const QString &search : {u"heron"_s, u"aviary"_s, u"fast"_s, u"model her"_s}) {
            model.setSearch(search);
            QCOMPARE(model.rowCount(), 1);
        }
        model.setSearch(u"sa"_s); // letters that begin the words of the detail: chance
        QCOMPARE(model.rowCount(), 0);
        model.setSearch({});
        const QString told = model.index(0).data(Qt::AccessibleTextRole).toString();
        QCOMPARE(told, u"Heron, sim-aviary, Model, F4"_s);
    }

    void keysAloneChooseAndTheChoiceIsRemembered()
    {
        QTemporaryDir folder;
        Settings settings(folder.filePath(u"settings.ini"_s));
        Theme theme;
        QWidget window;
        window.resize(900, 600);
        CommandPopup popup(theme, settings, &window);
        QStringList ran;
        popup.addSource({u"Command"_s, CommandSource::Kind::Action, [&ran] {
                             QList<Command> commands;
                             for (const QString &id : {u"one"_s, u"two"_s, u"three"_s})
                                 commands.append(
                                     {.id = id, .title = id, .run = [&ran, id] { ran.append(id); }});
                             return commands;
                         }});
        window.show();
        popup.open(CommandPopup::Offer::Everything);
        auto *search = popup.findChild<QLineEdit *>(u"commandSearch"_s);
        QVERIFY(search->isVisible());
        QTest::keyClick(search, Qt::Key_Down);
        QTest::keyClick(search, Qt::Key_Down);
        QTest::keyClick(search, Qt::Key_Down); // past the end: stays on the last
        QTest::keyClick(search, Qt::Key_Up);
        QVERIFY(search->accessibleDescription().startsWith(u"two"_s));
        QTest::keyClick(search, Qt::Key_Return);
        QCOMPARE(ran, QStringList{u"two"_s});
        QVERIFY(!popup.isVisible());
        QCOMPARE(settings.get(settings::kRecentCommands), QStringList{u"two"_s});

        popup.open(CommandPopup::Offer::ActionsOnly);
        const auto *list = popup.findChild<QListView *>(u"commandList"_s);
        QCOMPARE(list->currentIndex().data().toString(), u"two"_s);
        QTest::keyClicks(search, u"nothing like it"_s);
        QVERIFY(popup.findChild<QWidget *>(u"commandNothing"_s)->isVisible());
        QTest::keyClick(search, Qt::Key_Return); // nothing to choose
        QVERIFY(popup.isVisible());
        QTest::keyClick(&popup, Qt::Key_Escape);
        QVERIFY(!popup.isVisible());
        QCOMPARE(ran.size(), 1);
    }

    void oneKeyStepsThroughThePanes()
    {
        QWidget window;
        auto *layout = new QHBoxLayout(&window);
        QList<QLineEdit *> edits;
        for (const int number : {2, 0, 1}) {
            auto *pane = new QWidget;
            auto *inside = new QHBoxLayout(pane);
            edits.append(new QLineEdit);
            inside->addWidget(edits.last());
            layout->addWidget(pane);
            setPane(pane, number);
        }
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        edits[0]->setFocus();
        focusNextPane(&window);
        QCOMPARE(QApplication::focusWidget(), edits[1]);
        focusNextPane(&window);
        QCOMPARE(QApplication::focusWidget(), edits[2]);
        edits[0]->parentWidget()->hide(); // hidden panes are passed over
        focusNextPane(&window);
        QCOMPARE(QApplication::focusWidget(), edits[1]);
    }
};

QTEST_MAIN(TestGoTo)
#include "tst_go_to.moc"
