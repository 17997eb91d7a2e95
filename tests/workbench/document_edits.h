#pragma once

#include "app/workbench/document_session.h"
#include "core/policy/policy_format.h"

#include <QApplication>
#include <QFile>
#include <QMessageBox>
#include <QPushButton>
#include <QUndoCommand>

// What tests do to a document and its file, and the box that asks about it.
namespace headgate::test {

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

} // namespace headgate::test
