#include "ui/evaluate/routed_card.h"

#include "core/policy/node_kind.h"
#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"

#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

RoutedCard::RoutedCard(QWidget *parent)
    : Card(tr("A cascade a branch"), parent)
    , m_figures(new QLabel(this))
    , m_branches(new QLabel(this))
    , m_note(new QLabel(tr("Its thresholds were chosen together, so there is none to drag here. "
                           "Draw it to move each gate's on the drawing: this page then measures "
                           "what comes of it."),
                        this))
    , m_apply(new QPushButton(tr("Draw it"), this))
{
    m_figures->setObjectName(u"routedFigures"_s);
    m_branches->setObjectName(u"routedBranches"_s);
    m_apply->setObjectName(u"routedApply"_s);
    m_apply->setToolTip(tr("Draw the router with a cascade behind each port, as one step that can "
                           "be undone"));
    m_note->setObjectName(u"routedNote"_s);
    setRole(m_branches, Role::Secondary);
    setRole(m_note, Role::Faint);
    body()->setSpacing(4);
    for (QLabel *label : {m_figures, m_branches, m_note}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        body()->addWidget(label);
    }
    body()->addWidget(m_apply, 0, Qt::AlignLeft);
    connect(m_apply, &QPushButton::clicked, this, &RoutedCard::applyRequested);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void RoutedCard::setResult(const RoutedResult &result)
{
    const QString title = policy::displayName(result.router.router);
    const auto &chosen = result.choice.chosen;
    m_apply->setVisible(chosen.has_value());
    m_branches->setVisible(chosen.has_value());
    m_note->setVisible(chosen.has_value());
    if (!chosen) {
        m_figures->setText(tr("Behind “%1” nothing grants the wish.").arg(title));
        return;
    }
    const qsizetype rows = result.validation.count();
    const evaluation::CascadeSums sums{.quality = chosen->validation.quality,
                                       .cost = chosen->validation.cost};
    const auto cost = Money::fromUsd(evaluation::costPer1k(sums, rows));
    m_figures->setText(tr("Behind “%1”: quality %2, %3 per 1,000, n %4")
                           .arg(title,
                                QLocale().toString(evaluation::meanQuality(sums, rows), 'f', 3),
                                cost ? formatMoney(*cost) : QString(), formatCount(rows)));
    QStringList lines;
    for (size_t branch = 0; branch < chosen->cascade.branches.size(); ++branch) {
        const evaluation::CascadeColumns &columns = result.validation.branches[branch];
        lines.append(tr("%1 (n %2): %3", "branch, cases, cascade")
                         .arg(result.validation.ports[qsizetype(branch)],
                              formatCount(columns.count()),
                              cascadeName(columns, chosen->cascade.branches[branch])));
    }
    m_branches->setText(lines.join(u'\n'));
}

void RoutedCard::setProblem(const QString &sentence)
{
    m_figures->setText(sentence);
    m_branches->hide();
    m_note->hide();
    m_apply->hide();
}

} // namespace headgate::ui
