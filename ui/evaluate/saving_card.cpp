#include "ui/evaluate/saving_card.h"

#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QString pointsOf(double difference)
{
    const QString number = QLocale().toString(std::abs(difference) * 100, 'f', 1);
    return (difference < 0 ? u"−"_s : u"+"_s) + number;
}

QString intervalOf(const evaluation::PairedComparison &comparison)
{
    return SavingCard::tr("%1 to %2", "interval")
        .arg(pointsOf(comparison.qualityDifference.low),
             pointsOf(comparison.qualityDifference.high));
}

QString honestSentence(const evaluation::PairedComparison &comparison)
{
    if (comparison.casesNeeded)
        return SavingCard::tr("Not separable from 0; about %1 more cases would tell.")
            .arg(formatCount(*comparison.casesNeeded));
    return comparison.qualityDifference.excludesZero()
               ? SavingCard::tr("The difference is separable from 0 at 95 %.")
               : SavingCard::tr("No difference was seen.");
}

} // namespace

SavingCard::SavingCard(const Theme &theme, QWidget *parent)
    : Card({}, parent)
    , m_theme(theme)
    , m_title(new QLabel(this))
    , m_saving(new QLabel(this))
    , m_difference(new QLabel(this))
    , m_honest(new QLabel(this))
    , m_record(new QPushButton(this))
{
    m_saving->setObjectName(u"saving"_s);
    m_saving->setFont(Theme::figureFont(Theme::kFigureSize));
    m_difference->setObjectName(u"difference"_s);
    m_honest->setObjectName(u"honest"_s);
    setRole(m_title, Role::Secondary);
    setRole(m_honest, Role::Faint);
    body()->setSpacing(4);
    for (QLabel *label : {m_title, m_saving, m_difference, m_honest}) {
        label->setWordWrap(label != m_saving);
        body()->addWidget(label);
    }
    m_record->setObjectName(u"recordMore"_s);
    m_record->setAccessibleName(tr("Record more cases"));
    m_record->hide();
    body()->addWidget(m_record, 0, Qt::AlignLeft);
    connect(m_record, &QPushButton::clicked, this,
            [this] { Q_EMIT recordMoreRequested(m_needed); });
    setCanRecord(false);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void SavingCard::setComparison(const QString &other, const evaluation::PairedComparison &comparison)
{
    m_title->setText(tr("Saving against %1 alone").arg(other));
    const double saving = comparison.saving ? comparison.saving->share.value : 0;
    m_saving->setText(comparison.saving ? formatPercent(saving) : tr("unknown"));
    QPalette palette = m_saving->palette();
    palette.setColor(QPalette::WindowText, m_theme.color(saving < 0 ? Token::Bad : Token::Good));
    m_saving->setPalette(palette);
    m_difference->setText(
        tr("quality <b>%1 pt</b> (%2)", "difference, interval")
            .arg(pointsOf(comparison.qualityDifference.value), intervalOf(comparison)));
    m_honest->setText(honestSentence(comparison));
    m_needed = comparison.casesNeeded.value_or(0);
    m_record->setText(tr("Record %1 more…").arg(formatCount(m_needed)));
    m_record->setAccessibleName(m_record->text());
    m_record->setVisible(comparison.casesNeeded.has_value());
}

void SavingCard::setCanRecord(bool can)
{
    m_record->setEnabled(can);
    m_record->setToolTip(can ? tr("Ask the models on as many more prompts of the data set")
                             : tr("Only a data set has prompts to record; these outcomes are a "
                                  "file"));
}

QString SavingCard::sentence(const evaluation::PairedComparison &comparison)
{
    return tr("%1 saved, quality %2 pt (%3)", "saving, difference, interval")
        .arg(comparison.saving ? formatPercent(comparison.saving->share.value) : tr("unknown"),
             pointsOf(comparison.qualityDifference.value), intervalOf(comparison));
}

} // namespace headgate::ui
