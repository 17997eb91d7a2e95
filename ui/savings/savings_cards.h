#pragma once

#include "ui/savings/savings_report.h"

#include <QWidget>

namespace headgate::ui {

class FigureCard;
class Theme;

// The four figures on top: baseline, actual, saved, quality difference.
class SavingsCards final : public QWidget
{
    Q_OBJECT
public:
    explicit SavingsCards(const Theme &theme, QWidget *parent = nullptr); // outlives the cards

    void setReport(const SavingsReport &report);

private:
    void showBaseline(const SavingsReport &report);
    void showActual(const SavingsReport &report);
    void showSaved(const SavingsReport &report);
    void showQuality();

    FigureCard *m_baseline = nullptr;
    FigureCard *m_actual = nullptr;
    FigureCard *m_saved = nullptr;
    FigureCard *m_quality = nullptr;
};

// "37 queries without a known price (Heron and Egret): not in the sums."; empty where all are
// priced.
QString unpricedSentence(const SavingsReport &report);
// What the recordings that the figures leave out came to.
QString recordingsSentence(const SavingsReport &report);

} // namespace headgate::ui
