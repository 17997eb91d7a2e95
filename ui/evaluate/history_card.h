#pragma once

#include "ui/common/card.h"
#include "ui/evaluate/history_scores.h"

#include <QAbstractTableModel>

class QTableView;

namespace headgate::ui {

// The steps of the current document, the newest first.
class HistoryModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { StepColumn, QualityColumn, CostColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setScores(const QList<HistoryScores::Score> &scores); // by rising index
    const HistoryScores::Score &score(int row) const;
    const QList<HistoryScores::Score> &scores() const { return m_scores; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation,
                        int role = Qt::DisplayRole) const override;

private:
    QList<HistoryScores::Score> m_scores;
};

// How good each step was, as a small line and as a list; a click, or Enter, asks to go there.
class HistoryCard final : public Card
{
    Q_OBJECT
public:
    explicit HistoryCard(const Theme &theme, QWidget *parent = nullptr); // outlives the card

    void setScores(const QList<HistoryScores::Score> &scores);

Q_SIGNALS:
    void stepRequested(int index); // of the undo stack

private:
    class Sparkline;

    HistoryModel *m_model = nullptr;
    QTableView *m_table = nullptr;
    Sparkline *m_line = nullptr;
};

} // namespace headgate::ui
