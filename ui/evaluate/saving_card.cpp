#include "ui/evaluate/saving_card.h"

#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QLabel>
#include <QLocale>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QString pointsOf(double difference)
{
    const QString number = QLocale().toString(std::abs(difference) * 100, 'f', 1);
    return (difference < 0 ? u"−"_s : u"+"_s) + number;
}

QString intervalOf(const CascadeComparison &comparison)
{
    return SavingCard::tr("%1 to %2", "interval")
        .arg(pointsOf(comparison.difference.low), pointsOf(comparison.difference.high));
}

QString honestSentence(const CascadeComparison &comparison)
{
    if (comparison.rowsNeeded)
        return SavingCard::tr("Not separable from 0; about %1 more cases would tell.")
            .arg(formatCount(*comparison.rowsNeeded));
    return comparison.difference.excludesZero()
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
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void SavingCard::setComparison(const QString &other, const CascadeComparison &comparison)
{
    m_title->setText(tr("Saving against %1 alone").arg(other));
    m_saving->setText(formatPercent(comparison.saving));
    QPalette palette = m_saving->palette();
    palette.setColor(QPalette::WindowText,
                     m_theme.color(comparison.saving < 0 ? Token::Bad : Token::Good));
    m_saving->setPalette(palette);
    m_difference->setText(tr("quality <b>%1 pt</b> (%2)", "difference, interval")
                              .arg(pointsOf(comparison.difference.value), intervalOf(comparison)));
    m_honest->setText(honestSentence(comparison));
}

QString SavingCard::sentence(const CascadeComparison &comparison)
{
    return tr("%1 saved, quality %2 pt (%3)", "saving, difference, interval")
        .arg(formatPercent(comparison.saving), pointsOf(comparison.difference.value),
             intervalOf(comparison));
}

} // namespace headgate::ui
