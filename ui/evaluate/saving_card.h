#pragma once

#include "core/evaluation/paired_comparison.h"
#include "ui/common/card.h"

class QPushButton;

namespace headgate::ui {

// What a cascade saves, never without the difference in quality and whether that can be told.
class SavingCard final : public Card
{
    Q_OBJECT
public:
    explicit SavingCard(const Theme &theme, QWidget *parent = nullptr); // outlives the card

    // `other`: the model that the comparison is against.
    void setComparison(const QString &other, const evaluation::PairedComparison &comparison);

    // Whether more cases can be recorded here: the button that asks for as many as are needed.
    void setCanRecord(bool can);

    // "71.2 % saved, quality −1.2 pt (−3.0 to +0.6)"
    static QString sentence(const evaluation::PairedComparison &comparison);

Q_SIGNALS:
    void recordMoreRequested(qint64 cases);

private:
    const Theme &m_theme;
    QLabel *m_title = nullptr;
    QLabel *m_saving = nullptr;
    QLabel *m_difference = nullptr;
    QLabel *m_honest = nullptr;
    QPushButton *m_record = nullptr;
    qint64 m_needed = 0;
};

} // namespace headgate::ui
