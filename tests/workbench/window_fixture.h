#pragma once

#include "app/workbench/document_session.h"
#include "app/workbench/main_window.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"
#include "ui/editor/build_page.h"

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>

namespace headgate::test {

// The real window with a profile of its own, active.
struct ShownWindow
{
    QTemporaryDir folder;
    ui::Settings settings;
    ui::Theme theme;
    std::unique_ptr<workbench::MainWindow> window;

    explicit ShownWindow(const QString &file = {})
        : settings(folder.filePath(QStringLiteral("settings.ini")))
    {
        theme.setScheme(ui::Scheme::Light);
        theme.applyToApplication();
        workbench::Options options;
        options.file = file;
        options.ledgerPath = folder.filePath(QStringLiteral("ledger.sqlite"));
        window = std::make_unique<workbench::MainWindow>(theme, settings, options);
        window->show();
        window->start();
        window->activateWindow();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window does not become active");
        settle();
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
    template<typename Widget>
    Widget *find(const QString &name) const
    {
        settle();
        for (Widget *widget : window->findChildren<Widget *>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
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
    const policy::PolicyDocument &document() const
    {
        return window->session().editor().document();
    }
};

} // namespace headgate::test
