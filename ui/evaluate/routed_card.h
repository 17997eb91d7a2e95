#pragma once

#include "ui/common/card.h"
#include "ui/evaluate/routed_search.h"

class QPushButton;

namespace headgate::ui {

// What a cascade for each branch of the drawing's router comes to, and a button that draws it.
class RoutedCard final : public Card
{
    Q_OBJECT
public:
    explicit RoutedCard(QWidget *parent = nullptr);

    void setResult(const RoutedResult &result);
    void setProblem(const QString &sentence); // why there is none

Q_SIGNALS:
    void applyRequested();

private:
    QLabel *m_figures = nullptr;
    QLabel *m_branches = nullptr;
    QLabel *m_note = nullptr; // why there is nothing to drag
    QPushButton *m_apply = nullptr;
};

} // namespace headgate::ui
