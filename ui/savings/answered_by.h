#pragma once

#include "core/ledger/ledger.h"

#include <QWidget>

namespace headgate::ui {

class Theme;

// Which model answered how many runs, and what its calls cost: one bar a model.
class AnsweredBy final : public QWidget
{
    Q_OBJECT
public:
    explicit AnsweredBy(const Theme &theme, QWidget *parent = nullptr); // outlives the widget

    void setModels(const QList<ledger::ModelTotals> &models);
    QStringList lines() const; // "Finch-mini: 61 % · $9.80", as a screen reader hears them

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString figures(const ledger::ModelTotals &model) const;

    const Theme &m_theme;
    QList<ledger::ModelTotals> m_models;
    qint64 m_answered = 0;
};

} // namespace headgate::ui
