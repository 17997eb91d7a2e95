#include "ui/home/recent_list.h"

#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QAbstractButton>
#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kFileRowHeight = 46;

// The part of a row that opens the file: an icon, its name, its folder and time below.
class RecentRow final : public QAbstractButton
{
public:
    RecentRow(const RecentList::Entry &entry, const Theme &theme)
        : m_theme(theme)
        , m_gone(!entry.changed.isValid())
    {
        const QFileInfo file(entry.path);
        setText(file.fileName());
        m_folder = QDir::toNativeSeparators(file.absolutePath());
        m_when = m_gone ? RecentList::tr("Not there any more")
                        : shownMoment(entry.changed, QDateTime::currentDateTime());
        setAccessibleName(text());
        setAccessibleDescription(RecentList::tr("%1, in %2", "time, folder").arg(m_when, m_folder));
        setToolTip(QDir::toNativeSeparators(entry.path));
        setCursor(Qt::PointingHandCursor);
        setFocusPolicy(Qt::StrongFocus);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
        QObject::connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

    QSize sizeHint() const override { return {180, kFileRowHeight}; }
    QSize minimumSizeHint() const override { return {120, kFileRowHeight}; }

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
        const Token ink = m_gone ? Token::Warning : Token::TextSecondary;
        paintIcon(painter, QRect(8, (height() - 20) / 2, 20, 20),
                  m_gone ? u"warning"_s : u"document"_s, m_theme.color(ink));
        const QRect room(38, 0, width() - 46, height());
        QFont font = Theme::bodyFont();
        font.setWeight(QFont::DemiBold);
        draw(painter, font, m_gone ? Token::TextSecondary : Token::Text,
             QRect(room.left(), 5, room.width(), 18), text(), Qt::ElideMiddle);
        font = Theme::bodyFont();
        font.setPixelSize(Theme::kSecondarySize);
        const int when = qMin(room.width(), QFontMetrics(font).horizontalAdvance(m_when) + 12);
        draw(painter, font, ink, QRect(room.left(), 23, when, 17), m_when, Qt::ElideRight);
        // A path is told by both its ends.
        draw(painter, font, Token::TextFaint,
             QRect(room.left() + when, 23, room.width() - when, 17), m_folder, Qt::ElideMiddle);
    }

private:
    void draw(QPainter &painter, const QFont &font, Token token, const QRect &box,
              const QString &text, Qt::TextElideMode mode)
    {
        painter.setFont(font);
        painter.setPen(m_theme.color(token));
        painter.drawText(box, Qt::AlignVCenter | Qt::AlignLeft,
                         QFontMetrics(font).elidedText(text, mode, box.width()));
    }

    const Theme &m_theme;
    bool m_gone = false;
    QString m_folder;
    QString m_when;
};

} // namespace

QString shownMoment(const QDateTime &at, const QDateTime &now)
{
    const QLocale locale;
    const QString time = locale.toString(at.time(), QLocale::ShortFormat);
    const qint64 days = at.date().daysTo(now.date());
    if (days == 0)
        return RecentList::tr("Today at %1").arg(time);
    if (days == 1)
        return RecentList::tr("Yesterday at %1").arg(time);
    return locale.toString(at.date(), QLocale::ShortFormat);
}

RecentList::RecentList(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(2);
}

void RecentList::setEntries(const QList<Entry> &entries)
{
    for (QWidget *row : std::exchange(m_rows, {})) {
        m_layout->removeWidget(row);
        row->hide();
        row->deleteLater(); // one of its buttons may have asked for this
    }
    for (const Entry &entry : entries) {
        m_rows.append(makeRow(entry));
        m_layout->addWidget(m_rows.last());
    }
}

QWidget *RecentList::makeRow(const Entry &entry)
{
    auto *row = new QWidget(this);
    auto *open = new RecentRow(entry, m_theme);
    const QString name = QFileInfo(entry.path).fileName();
    const auto tool = [&](const QString &icon, const QString &text, const QString &spoken) {
        auto *button = new QToolButton;
        setRole(button, Role::Icon);
        button->setIcon(themedIcon(icon, m_theme));
        button->setIconSize(QSize(14, 14));
        button->setToolTip(text);
        button->setAccessibleName(spoken);
        return button;
    };
    auto *pin = tool(u"pin"_s, entry.pinned ? tr("Unpin") : tr("Keep on top"),
                     entry.pinned ? tr("Unpin %1").arg(name) : tr("Keep %1 on top").arg(name));
    pin->setCheckable(true);
    pin->setChecked(entry.pinned);
    auto *remove = tool(u"close"_s, tr("Take off the list"), tr("Take %1 off the list").arg(name));
    open->setObjectName(u"recentOpen"_s);
    pin->setObjectName(u"recentPin"_s);
    remove->setObjectName(u"recentRemove"_s);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(open, 1);
    layout->addWidget(pin);
    layout->addWidget(remove);
    const QString path = entry.path;
    connect(open, &QAbstractButton::clicked, this, [this, path] { Q_EMIT activated(path); });
    connect(pin, &QToolButton::clicked, this,
            [this, path](bool pinned) { Q_EMIT pinToggled(path, pinned); });
    connect(remove, &QToolButton::clicked, this, [this, path] { Q_EMIT removed(path); });
    return row;
}

} // namespace headgate::ui
