#pragma once

#include "app/workbench/document_session.h"
#include "app/workbench/main_window.h"
#include "core/policy/policy_format.h"
#include "ui/common/message_bar.h"
#include "ui/common/settings.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

// The real window over a folder of its own, and what tests do with it.
namespace headgate::test {

using namespace Qt::StringLiterals;

// Stands for any edit of the user's.
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

inline void edit(workbench::DocumentSession &document, const QString &name)
{
    document.undoStack().push(new RenameCommand(document.editor(), name));
}

// The box that asks something just now, if any.
inline QMessageBox *openBox()
{
    const auto widgets = QApplication::topLevelWidgets();
    for (QWidget *widget : widgets) {
        if (auto *box = qobject_cast<QMessageBox *>(widget); box && box->isVisible())
            return box;
    }
    return nullptr;
}

inline QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
}

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
        options.recoveryPath = folder.filePath(u"recovery"_s);
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

    template<typename T>
    T *child(const QString &name) const
    {
        return window->findChild<T *>(name);
    }

    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QTest::keyClick(window.get(), key, modifiers);
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
};

} // namespace headgate::test
