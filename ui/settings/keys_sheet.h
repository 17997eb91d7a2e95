#pragma once

#include <QDialog>

namespace headgate::ui {

// A group of the sheet: what is pressed or done, and what it does.
struct KeyGroup
{
    struct Line
    {
        QString keys;
        QString effect;
    };

    QString title;
    QList<Line> lines;
};

// The keys of a view to read: groups of lines in columns. Not modal; Esc closes it.
class KeysSheet final : public QDialog
{
    Q_OBJECT
public:
    KeysSheet(const QString &title, const QList<KeyGroup> &groups, QWidget *parent = nullptr);

Q_SIGNALS:
    void changeRequested(); // of the keys

private:
    QWidget *makeGroup(const KeyGroup &group) const;
    QWidget *makeColumns(const QList<KeyGroup> &groups) const;
};

} // namespace headgate::ui
