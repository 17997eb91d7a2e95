#pragma once

#include "app/workbench/main_window.h"
#include "tests/workbench/document_edits.h"
#include "ui/common/message_bar.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/editor/build_page.h"

#include <QAction>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QTemporaryDir>
#include <QTest>

namespace headgate::test {

using namespace Qt::StringLiterals;

// The real window with a profile of its own, active.
struct ShownWindow
{
    QTemporaryDir folder;
    ui::Settings settings;
    ui::Theme theme;
    std::unique_ptr<workbench::MainWindow> window;

    explicit ShownWindow(const QString &file = {})
        : settings(folder.filePath(u"settings.ini"_s))
    {
        theme.setScheme(ui::Scheme::Light);
        theme.applyToApplication();
        show(file);
    }

    workbench::Options options() const
    {
        workbench::Options options;
        options.ledgerPath = folder.filePath(u"ledger.sqlite"_s);
        options.datasetsPath = folder.filePath(u"datasets.sqlite"_s);
        options.artifactsPath = folder.filePath(u"artifacts"_s);
        options.recoveryPath = folder.filePath(u"recovery"_s);
        options.providersPath = folder.filePath(u"providers.json"_s);
        options.pricesPath = folder.filePath(u"prices.json"_s);
        return options;
    }

    void show(const QString &file = {})
    {
        workbench::Options asked = options();
        asked.file = file;
        window = std::make_unique<workbench::MainWindow>(theme, settings, asked);
        window->show();
        window->start();
        window->activateWindow();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window does not become active");
    }

    static void settle()
    {
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }

    // A desktop hands focus back when a popup or a dialog has gone; offscreen nobody does.
    void wake() const
    {
        settle();
        if (QApplication::activePopupWidget() || QApplication::activeModalWidget() ||
            window->isActiveWindow())
            return;
        window->activateWindow();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window does not become active again");
        settle();
    }

    // As a user presses it: what has focus gets it.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) const
    {
        wake();
        QWidget *popup = QApplication::activePopupWidget();
        QWidget *focused = popup && popup->focusWidget() ? popup->focusWidget()
                           : popup                       ? popup
                                                         : QApplication::focusWidget();
        if (!focused && window->focusWidget())
            focused = window->focusWidget();
        QTest::keyClick(focused ? focused : window.get(), key, modifiers);
    }

    static void type(const QString &text)
    {
        const QWidget *popup = QApplication::activePopupWidget();
        QWidget *focused =
            popup && popup->focusWidget() ? popup->focusWidget() : QApplication::focusWidget();
        QVERIFY(focused);
        QTest::keyClicks(focused, text);
    }

    template<typename T>
    T *child(const QString &name = {}) const
    {
        return window->findChild<T *>(name);
    }

    template<typename Widget>
    Widget *visibleChild(const QString &name) const
    {
        settle();
        for (Widget *widget : window->findChildren<Widget *>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }

    // By the text that the menu shows, without its mnemonic.
    QAction *action(const QString &text) const
    {
        for (QAction *each : window->findChildren<QAction *>()) {
            if (QString(each->text()).remove(u'&') == text)
                return each;
        }
        return nullptr;
    }

    // A sentence in the window that is visible and holds this text.
    bool isSaid(const QString &text) const
    {
        for (const auto *label : window->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text().contains(text))
                return true;
        }
        return false;
    }

    ui::BuildPage &build() const // of the current document
    {
        window->setMode(workbench::Mode::Build);
        for (ui::BuildPage *page : window->findChildren<ui::BuildPage *>()) {
            if (page->isVisible())
                return *page;
        }
        qFatal("there is no drawing in view");
    }

    const policy::PolicyDocument &document() const { return window->session().editor().document(); }

    // A policy of that name in the folder.
    QString makePolicy(const QString &name) const
    {
        workbench::DocumentSession made;
        made.createNew();
        made.editor().setName(name);
        const QString path = folder.filePath(name + u".headgate"_s);
        if (!made.saveAs(path))
            qFatal("cannot save %s", qPrintable(path));
        return path;
    }
};

} // namespace headgate::test
