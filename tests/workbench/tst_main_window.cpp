#include "app/workbench/document_session.h"
#include "app/workbench/main_window.h"
#include "ui/common/card.h"
#include "ui/common/mode_bar.h"
#include "ui/common/settings.h"
#include "ui/common/status_tag.h"
#include "ui/editor/build_page.h"
#include "ui/editor/canvas_action_list.h"
#include "ui/editor/policy_view.h"
#include "ui/home/home_page.h"
#include "ui/savings/savings_page.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace headgate;
using namespace headgate::workbench;
using namespace Qt::StringLiterals;

namespace {

class RenameCommand final : public QUndoCommand
{
public:
    RenameCommand(policy::PolicyEditor &editor, QString name)
        : m_editor(editor)
        , m_name(std::move(name))
    {
    }
    void redo() override { m_name = m_editor.setName(m_name); }
    void undo() override { m_name = m_editor.setName(m_name); }

private:
    policy::PolicyEditor &m_editor;
    QString m_name;
};

} // namespace

class TestMainWindow final : public QObject
{
    Q_OBJECT

private:
    struct Shown
    {
        QTemporaryDir folder;
        ui::Settings settings;
        ui::Theme theme;
        std::unique_ptr<MainWindow> window;

        explicit Shown(const QString &file = {})
            : settings(folder.filePath(u"settings.ini"_s))
        {
            theme.setScheme(ui::Scheme::Light);
            theme.applyToApplication();
            Options options;
            options.file = file;
            options.ledgerPath = folder.filePath(u"ledger.sqlite"_s);
            window = std::make_unique<MainWindow>(theme, settings, options);
            window->show();
            window->start();
            window->activateWindow();
            if (!QTest::qWaitForWindowActive(window.get()))
                qFatal("the window does not become active");
        }
        QString label(const QString &name) const
        {
            return window->findChild<QLabel *>(name)->text();
        }
    };

    static QMessageBox *openBox()
    {
        const auto boxes = QApplication::topLevelWidgets();
        for (QWidget *widget : boxes) {
            if (auto *box = qobject_cast<QMessageBox *>(widget); box && box->isVisible())
                return box;
        }
        return nullptr;
    }

private Q_SLOTS:
    void opensTheWorkedExampleSimulated()
    {
        Shown shown;
        QVERIFY(shown.window->session().editor().document().nodes.size() > 4);
        QCOMPARE(shown.window->mode(), Mode::Build);
        QCOMPARE(shown.window->findChild<ui::StatusTag *>()->text(), u"SIMULATED"_s);
        QVERIFY(!shown.window->isWindowModified());
    }

    void howTheWheelTurnsIsKeptForEveryCanvas()
    {
        Shown shown;
        auto *first = shown.window->findChild<ui::PolicyView *>();
        QVERIFY(!first->wheelScrolls());
        first->actionList().action("canvas.wheel_scrolls")->trigger();
        QVERIFY(shown.settings.get(ui::settings::kWheelScrolls));
        QTest::keyClick(shown.window.get(), Qt::Key_N, Qt::ControlModifier);
        const auto canvases = shown.window->findChildren<ui::PolicyView *>();
        QCOMPARE(canvases.size(), 2);
        for (ui::PolicyView *canvas : canvases)
            QVERIFY(canvas->wheelScrolls());
        canvases.last()->actionList().action("canvas.wheel_scrolls")->trigger();
        QVERIFY(!first->wheelScrolls());
        QVERIFY(!shown.settings.get(ui::settings::kWheelScrolls));
    }

    void modesFollowTheirKeys()
    {
        Shown shown;
        QTest::keyClick(shown.window.get(), Qt::Key_1, Qt::ControlModifier);
        QCOMPARE(shown.window->mode(), Mode::Home);
        QVERIFY(shown.window->findChild<ui::HomePage *>()->isVisible());
        QTest::keyClick(shown.window.get(), Qt::Key_6, Qt::ControlModifier);
        QCOMPARE(shown.window->mode(), Mode::Savings);
        QVERIFY(shown.window->findChild<ui::SavingsPage *>()->isVisible());
        QTest::keyClick(shown.window.get(), Qt::Key_2, Qt::ControlModifier);
        QCOMPARE(shown.window->mode(), Mode::Build);
    }

    void aQueryIsRunCountedAndSaved()
    {
        Shown shown;
        QSignalSpy recorded(&shown.window->queries(), &ui::QueryService::recorded);
        QTest::keyClick(shown.window.get(), Qt::Key_F5);
        QVERIFY(shown.window->queries().isRunning());
        QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 30'000);
        QVERIFY(shown.label(u"sessionStatus"_s).contains(u"1 query"_s));
        shown.window->setMode(Mode::Savings);
        auto *actual = [&] { return shown.window->findChild<ui::FigureCard *>(u"actualCard"_s); }();
        QTRY_VERIFY(actual->figure().startsWith(u'$'));
        QVERIFY(shown.settings.get(ui::settings::kLearned).contains(u"ask"_s));
    }

    void editsShowUndoAndAskBeforeTheyAreLost()
    {
        Shown shown;
        DocumentSession &session = shown.window->session();
        session.undoStack().push(new RenameCommand(session.editor(), u"mine"_s));
        QVERIFY(shown.window->isWindowModified());
        QVERIFY(shown.label(u"policyStatus"_s).contains(u"edited"_s));
        QTest::keyClick(shown.window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(!shown.window->isWindowModified());
        session.undoStack().push(new RenameCommand(session.editor(), u"mine"_s));
        shown.window->close();
        QVERIFY(shown.window->isVisible());
        QTRY_VERIFY(openBox());
        QTest::mouseClick(openBox()->button(QMessageBox::Cancel), Qt::LeftButton);
        QVERIFY(shown.window->isVisible());
        QVERIFY(shown.window->isWindowModified());
        shown.window->close();
        QTRY_VERIFY(openBox());
        QTest::mouseClick(openBox()->findChild<QPushButton *>(u"goOn"_s), Qt::LeftButton);
        QTRY_VERIFY(!shown.window->isVisible());
    }

    void quittingWithAQueryThatRunsAsksOnceAndStopsIt()
    {
        Shown shown;
        QSignalSpy finished(&shown.window->queries(), &ui::QueryService::finished);
        QTest::keyClick(shown.window.get(), Qt::Key_F5);
        QVERIFY(shown.window->queries().isRunning());
        shown.window->close();
        QTRY_VERIFY(openBox());
        QCOMPARE(openBox()->defaultButton(), openBox()->button(QMessageBox::Cancel));
        QTest::mouseClick(openBox()->findChild<QPushButton *>(u"goOn"_s), Qt::LeftButton);
        QTRY_VERIFY(!shown.window->isVisible());
        QCOMPARE(finished.size(), 1);
    }

    void savedFilesBecomeRecent()
    {
        Shown shown;
        const QString path = shown.folder.filePath(u"mine.headgate"_s);
        QVERIFY(shown.window->session().saveAs(path));
        QCOMPARE(shown.settings.get(ui::settings::kRecentFiles).first(), path);
        QVERIFY(shown.window->windowTitle().startsWith(u"mine.headgate"_s));
    }

    void aFileThatCannotBeReadIsSaidAndTheExampleStays()
    {
        Shown shown(u"/nowhere.headgate"_s);
        bool told = false;
        for (const auto *bar : shown.window->findChildren<QLabel *>())
            told |= bar->isVisible() && bar->text().contains(u"/nowhere.headgate"_s);
        QVERIFY(told);
    }

    void sizeAndModeReturn()
    {
        QTemporaryDir folder;
        ui::Settings settings(folder.filePath(u"settings.ini"_s));
        ui::Theme theme;
        Options options;
        {
            MainWindow window(theme, settings, options);
            window.show();
            window.start();
            window.resize(1111, 700);
            window.setMode(Mode::Home);
            window.close();
            QVERIFY(!window.isVisible());
        }
        MainWindow again(theme, settings, options);
        again.show();
        again.start();
        QCOMPARE(again.size(), QSize(1111, 700));
        QCOMPARE(again.mode(), Mode::Home);
    }

    void usableAtItsLeastSize()
    {
        Shown shown;
        for (const Mode mode : {Mode::Home, Mode::Build, Mode::Savings}) {
            shown.window->setMode(mode);
            shown.window->resize(1024, 640);
            QCOMPARE(shown.window->size(), QSize(1024, 640));
        }
    }

    void everyControlHasANameAndEveryIconButtonATooltip()
    {
        Shown shown;
        for (const Mode mode : {Mode::Home, Mode::Build, Mode::Savings})
            shown.window->setMode(mode);
        QStringList nameless;
        for (const QWidget *widget : shown.window->findChildren<QWidget *>()) {
            const bool control = qobject_cast<const QAbstractButton *>(widget) ||
                                 qobject_cast<const QComboBox *>(widget) ||
                                 qobject_cast<const QAbstractSpinBox *>(widget) ||
                                 qobject_cast<const QLineEdit *>(widget) ||
                                 qobject_cast<const QPlainTextEdit *>(widget);
            // Parts that Qt puts into its own widgets are named by them.
            if (!control || widget->objectName().startsWith(u"qt_"_s) ||
                widget->inherits("QTableCornerButton") || widget->inherits("QLineEditIconButton"))
                continue;
            const auto *button = qobject_cast<const QAbstractButton *>(widget);
            const bool named =
                !widget->accessibleName().isEmpty() || (button && !button->text().isEmpty());
            const bool told = !button || !button->text().isEmpty() ||
                              !button->toolTip().isEmpty() || button->isHidden();
            if (!named || !told)
                nameless.append(u"%1 “%2”"_s.arg(
                    QLatin1StringView(widget->metaObject()->className()), widget->objectName()));
        }
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
    }
};

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
