#include "ui/savings/answered_by.h"

#include "ui/common/number_format.h"
#include "ui/common/theme.h"

#include <QPainter>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kRowHeight = 29;
constexpr int kBarHeight = 9;
constexpr std::array kColors{Token::Model, Token::Route, Token::Check, Token::Flow};

} // namespace

AnsweredBy::AnsweredBy(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Answers by model"));
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void AnsweredBy::setModels(const QList<ledger::ModelTotals> &models)
{
    m_models = models;
    m_answered = 0;
    for (const ledger::ModelTotals &model : models)
        m_answered += model.answered;
    setAccessibleDescription(lines().join(u". "_s));
    updateGeometry();
    update();
}

QString AnsweredBy::figures(const ledger::ModelTotals &model) const
{
    const double share = m_answered ? double(model.answered) / double(m_answered) : 0;
    return tr("%1 · %2", "share of answers, cost of calls")
        .arg(formatPercent(share, 0), formatMoney(model.cost));
}

QStringList AnsweredBy::lines() const
{
    QStringList lines;
    for (const ledger::ModelTotals &model : m_models)
        lines.append(tr("%1: %2", "model, its figures").arg(model.model, figures(model)));
    return lines;
}

QSize AnsweredBy::sizeHint() const
{
    return {260, std::max(1, int(m_models.size())) * kRowHeight};
}

void AnsweredBy::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont numbers = Theme::figureFont(Theme::kSecondarySize);
    numbers.setWeight(QFont::Medium);
    int numbersWidth = 0;
    int namesWidth = 0;
    for (const ledger::ModelTotals &model : std::as_const(m_models)) {
        const QFontMetrics metrics(numbers);
        numbersWidth = std::max(numbersWidth, metrics.horizontalAdvance(figures(model)));
        namesWidth = std::max(namesWidth, fontMetrics().horizontalAdvance(model.model) + 2);
    }
    namesWidth = std::min(namesWidth, width() * 2 / 5);
    const int barLeft = namesWidth + 16;
    const int barWidth = std::max(0, width() - barLeft - numbersWidth - 16);
    int top = 0;
    for (qsizetype i = 0; i < m_models.size(); ++i) {
        const ledger::ModelTotals &model = m_models[i];
        painter.setFont(font());
        painter.setPen(m_theme.color(Token::Text));
        painter.drawText(QRect(0, top, namesWidth, kRowHeight), Qt::AlignVCenter,
                         fontMetrics().elidedText(model.model, Qt::ElideRight, namesWidth));
        QRectF bar(barLeft, top + (kRowHeight - kBarHeight) / 2.0, barWidth, kBarHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(Token::FlowWash));
        painter.drawRoundedRect(bar, 3, 3);
        if (m_answered > 0 && model.answered > 0) {
            bar.setWidth(std::max(4.0, barWidth * double(model.answered) / double(m_answered)));
            painter.setBrush(m_theme.color(kColors[size_t(i) % kColors.size()]));
            painter.drawRoundedRect(bar, 3, 3);
        }
        painter.setFont(numbers);
        painter.setPen(m_theme.color(Token::TextSecondary));
        painter.drawText(QRect(0, top, width(), kRowHeight), Qt::AlignVCenter | Qt::AlignRight,
                         figures(model));
        top += kRowHeight;
    }
}

} // namespace headgate::ui
