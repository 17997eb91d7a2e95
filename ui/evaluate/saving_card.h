#pragma once

#include "ui/common/card.h"
#include "ui/evaluate/tuning.h"

namespace headgate::ui {

// What a cascade saves, never without the difference in quality and whether that can be told.
class SavingCard final : public Card
{
    Q_OBJECT
public:
    explicit SavingCard(const Theme &theme, QWidget *parent = nullptr); // outlives the card

    // `other`: the model that the comparison is against.
    void setComparison(const QString &other, const CascadeComparison &comparison);

    // "71.2 % saved, quality −1.2 pt (−3.0 to +0.6)"
    static QString sentence(const CascadeComparison &comparison);

private:
    const Theme &m_theme;
    QLabel *m_title = nullptr;
    QLabel *m_saving = nullptr;
    QLabel *m_difference = nullptr;
    QLabel *m_honest = nullptr;
};

} // namespace headgate::ui
