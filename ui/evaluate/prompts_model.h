#pragma once

#include "core/evaluation/datasets/dataset.h"

#include <QAbstractTableModel>

namespace headgate::evaluation {
class DatasetThread;
}

namespace headgate::ui {

// The prompts of a data set, of which there may be millions: read page by page, as they are
// scrolled to.
class PromptsModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NumberColumn, PromptColumn, ExpectedColumn, PartColumn, ColumnCount };

    explicit PromptsModel(QObject *parent = nullptr);

    // The thread outlives the model.
    void showDataset(evaluation::DatasetThread &datasets,
                     const evaluation::DatasetSummary &dataset);
    void clear();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void failed(const QString &sentence);

private:
    // What is shown of a prompt, which may itself be long.
    struct Row
    {
        qint64 number = 0;
        QString prompt;
        QString expected;
        evaluation::Part part{};
    };

    QString text(const Row &row, int column) const;
    void append(const QList<Row> &page);

    evaluation::DatasetThread *m_datasets = nullptr;
    evaluation::DatasetSummary m_dataset;
    QList<Row> m_rows;
    quint64 m_shown = 0;    // of showDataset() and clear(): what was asked before does not count
    bool m_reading = false; // a page is on its way
    bool m_atEnd = true;
};

} // namespace headgate::ui
