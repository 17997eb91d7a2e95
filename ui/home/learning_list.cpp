#include "ui/home/learning_list.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QPainter>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kStepRowHeight = 26;

}

LearningList::LearningList(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    setDone({});
}

QList<LearningList::Step> LearningList::steps()
{
    return {
        {"ask", tr("Ask, and see which model answers")},
        {"edit", tr("Change a threshold, and undo it")},
        {"savings", tr("Look at what the policy saved")},
        {"save", tr("Save a policy of your own")},
    };
}

void LearningList::setDone(const QStringList &ids)
{
    m_done = ids;
    QStringList spoken;
    for (const Step &step : steps())
        spoken.append(isDone(QLatin1StringView(step.id)) ? tr("%1: done").arg(step.text)
                                                         : step.text);
    setAccessibleName(tr("First steps"));
    setAccessibleDescription(spoken.join(u". "_s));
    update();
}

bool LearningList::isDone(const QString &id) const
{
    return m_done.contains(id);
}

QSize LearningList::sizeHint() const
{
    return {220, int(steps().size()) * kStepRowHeight};
}

void LearningList::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(font());
    int top = 0;
    for (const Step &step : steps()) {
        const bool done = isDone(QLatin1StringView(step.id));
        const QRectF mark(8.5, top + 4.5, 17, 17);
        painter.setBrush(done ? m_theme.color(Token::GoodWash) : QColor(Qt::transparent));
        painter.setPen(m_theme.color(done ? Token::Good : Token::Wire));
        painter.drawEllipse(mark);
        if (done)
            paintIcon(painter, mark.adjusted(3, 3, -3, -3), u"check"_s, m_theme.color(Token::Good));
        painter.setPen(m_theme.color(done ? Token::TextSecondary : Token::Text));
        const QRect box(38, top, width() - 46, kStepRowHeight);
        painter.drawText(box, Qt::AlignVCenter,
                         fontMetrics().elidedText(step.text, Qt::ElideRight, box.width()));
        top += kStepRowHeight;
    }
}

} // namespace headgate::ui
