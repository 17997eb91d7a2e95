#include "ui/home/link_list.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kRowHeight = 46;

class LinkRow final : public QAbstractButton
{
public:
    LinkRow(const LinkList::Link &link, const Theme &theme, QWidget *parent)
        : QAbstractButton(parent)
        , m_theme(theme)
        , m_link(link)
    {
        setText(link.title);
        setAccessibleName(link.title);
        setAccessibleDescription(link.detail);
        setToolTip(link.detail);
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
    }

    QSize sizeHint() const override { return {220, kRowHeight}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        if (underMouse() || hasFocus()) {
            painter.setBrush(m_theme.color(underMouse() ? Token::AccentWash : Token::Surface));
            painter.setPen(hasFocus() ? QPen(m_theme.color(Token::Accent)) : QPen(Qt::NoPen));
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5),
                                    Theme::kControlRadius, Theme::kControlRadius);
        }
        const QRect icon(8, (height() - 20) / 2, 20, 20);
        paintIcon(painter, icon, m_link.icon, m_theme.color(Token::TextSecondary));
        const int left = 38;
        const int room = width() - left - 8;
        QFont font = Theme::bodyFont();
        font.setWeight(QFont::DemiBold);
        drawLine(painter, font, Token::Text, QRect(left, 5, room, 18), m_link.title);
        font = Theme::bodyFont();
        font.setPixelSize(Theme::kSecondarySize);
        drawLine(painter, font, Token::TextSecondary, QRect(left, 23, room, 17), m_link.detail);
    }

private:
    void drawLine(QPainter &painter, const QFont &font, Token token, const QRect &box,
                  const QString &text)
    {
        painter.setFont(font);
        painter.setPen(m_theme.color(token));
        // A path is told by both its ends, a sentence by its beginning.
        const auto mode = text.contains(u'/') ? Qt::ElideMiddle : Qt::ElideRight;
        const QString fitting = QFontMetrics(font).elidedText(text, mode, box.width());
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft, fitting);
    }

    const Theme &m_theme;
    LinkList::Link m_link;
};

} // namespace

LinkList::LinkList(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2);
    connect(&theme, &Theme::changed, this, [this] {
        for (QAbstractButton *row : findChildren<QAbstractButton *>())
            row->update();
    });
}

void LinkList::setLinks(const QList<Link> &links)
{
    qDeleteAll(findChildren<QAbstractButton *>(QString(), Qt::FindDirectChildrenOnly));
    for (const Link &link : links) {
        auto *row = new LinkRow(link, m_theme, this);
        m_layout->addWidget(row);
        connect(row, &QAbstractButton::clicked, this,
                [this, target = link.target] { Q_EMIT activated(target); });
    }
}

int LinkList::count() const
{
    return int(findChildren<QAbstractButton *>(QString(), Qt::FindDirectChildrenOnly).size());
}

} // namespace headgate::ui
