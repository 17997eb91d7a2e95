#pragma once

#include "ui/evaluate/dataset_menu.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace headgate::ui {

// The head of the cases: what they are of, how many there are, and what can be done about them.
class DatasetBar final : public QWidget
{
    Q_OBJECT
public:
    explicit DatasetBar(QWidget *parent = nullptr);

    DatasetMenu &menu() { return *m_menu; }
    void setName(const QString &name); // of a data set or a file
    // The counts in two short lines, and a sentence that explains them.
    void setCounts(const QString &prompts, const QString &parts, const QString &sentence);
    // Why there is nothing to record; empty: there is.
    void setReasonAgainstRecording(const QString &reason);
    void setNarrow(bool narrow); // without the counts

Q_SIGNALS:
    void recordRequested();

private:
    void showName();

    QString m_fullName;
    bool m_narrow = false;
    DatasetMenu *m_menu = nullptr;
    QPushButton *m_name = nullptr;
    QLabel *m_counts = nullptr;
    QLabel *m_parts = nullptr;
    QPushButton *m_record = nullptr;
};

} // namespace headgate::ui
