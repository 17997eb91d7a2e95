#pragma once

#include "core/evaluation/datasets/dataset.h"

#include <QMenu>

#include <optional>

namespace headgate::ui {

// What there is to evaluate on: the workspace's data sets, a file, and where more come from.
class DatasetMenu final : public QMenu
{
    Q_OBJECT
public:
    explicit DatasetMenu(QWidget *parent = nullptr);

    void setCanImport(bool can); // there is a workspace to import into
    void setHasRuns(bool has);   // there is a ledger to take runs from
    void setDatasets(const QList<evaluation::DatasetSummary> &datasets);
    const QList<evaluation::DatasetSummary> &datasets() const { return m_datasets; }
    // None: a file is open, or nothing.
    void setCurrent(const std::optional<evaluation::DatasetId> &current);

Q_SIGNALS:
    void datasetChosen(headgate::evaluation::DatasetId dataset);
    void fileRequested();
    void importRequested();
    void runsRequested();
    void renameRequested(); // the current one, as the next
    void removeRequested();
    void gradingRequested();

private:
    void fill();
    void add(const QString &name, const QString &text, void (DatasetMenu::*signal)());

    bool m_canImport = false;
    bool m_hasRuns = false;
    QList<evaluation::DatasetSummary> m_datasets;
    std::optional<evaluation::DatasetId> m_current;
};

} // namespace headgate::ui
