#include "ui/ask/path_strip.h"

#include "ui/common/kind_style.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QString chipText(const engine::Hop &hop)
{
    if (hop.score)
        return u"%1: %2"_s.arg(hop.title, QLocale().toString(*hop.score, 'f', 2));
    if (!hop.failureClass.isEmpty())
        return u"%1: %2"_s.arg(hop.title, hop.failureClass);
    // A router's choice is part of the path; a model's plain "answer" says nothing new.
    if (hop.attempt == 0 && hop.kind != "query"_L1 && hop.kind != "answer"_L1 &&
        !hop.port.isEmpty())
        return u"%1: %2"_s.arg(hop.title, hop.port);
    return hop.title;
}

} // namespace

PathStrip::PathStrip(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setRole(this, Role::ToolBar);
    setFixedHeight(44);
    auto *body = new QWidget;
    setRole(body, Role::Panel);
    m_row = new QHBoxLayout(body);
    m_row->setContentsMargins(12, 0, 12, 0);
    m_row->setSpacing(6);
    auto *scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setWidget(body);
    scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    // A path longer than the window shows its end: that is where the answer came from.
    connect(scroll->horizontalScrollBar(), &QScrollBar::rangeChanged, scroll,
            [scroll](int, int maximum) { scroll->horizontalScrollBar()->setValue(maximum); });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 1);
    layout->addWidget(scroll);
    connect(&theme, &Theme::changed, this, &PathStrip::rebuild);
}

void PathStrip::clear(const QString &hint)
{
    m_hops.clear();
    m_hint = hint;
    rebuild();
}

void PathStrip::append(const engine::Hop &hop)
{
    // The strip shows where the run went; how often a node tried is the trace's to tell.
    if (!m_hops.isEmpty() && m_hops.last().node == hop.node)
        m_hops.last() = hop;
    else
        m_hops.append(hop);
    rebuild();
}

void PathStrip::show(const QList<engine::Hop> &hops)
{
    m_hops.clear();
    for (const engine::Hop &hop : hops) {
        if (!m_hops.isEmpty() && m_hops.last().node == hop.node)
            m_hops.last() = hop;
        else
            m_hops.append(hop);
    }
    rebuild();
}

QString PathStrip::text() const
{
    if (m_hops.isEmpty())
        return {};
    QStringList chips{tr("Query")};
    for (const engine::Hop &hop : m_hops)
        chips.append(chipText(hop));
    return chips.join(u" › "_s);
}

void PathStrip::rebuild()
{
    while (QLayoutItem *item = m_row->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    setAccessibleName(m_hops.isEmpty() ? tr("Taken path: none yet")
                                       : tr("Taken path: %1").arg(text()));
    if (m_hops.isEmpty()) {
        auto *hint = new QLabel(m_hint);
        setRole(hint, Role::Secondary);
        m_row->addWidget(hint);
    }
    if (!m_hops.isEmpty())
        addChip(tr("Query"), kindStyle(u"query"_s), {});
    for (const engine::Hop &hop : std::as_const(m_hops)) {
        const bool failed = !hop.failureClass.isEmpty();
        addChip(chipText(hop),
                failed ? KindStyle{Token::Bad, Token::BadWash, {}} : kindStyle(hop.kind), hop.node);
    }
    m_row->addStretch();
}

// Without a node the chip only tells; with one it leads there.
void PathStrip::addChip(const QString &text, const KindStyle &style, const policy::NodeId &node)
{
    if (m_row->count() > 0) {
        auto *arrow = new QLabel(u"›"_s);
        setRole(arrow, Role::Secondary);
        m_row->addWidget(arrow);
    }
    auto *chip = new QPushButton(text);
    chip->setFlat(true);
    chip->setStyleSheet(u"QPushButton { background: %1; color: %2; border: 1px solid transparent; "
                        "border-radius: 4px; padding: 2px 8px; font-weight: 600; font-size: 12px; }"
                        "QPushButton:focus { border-color: %2; }"_s.arg(
                            m_theme.color(style.wash).name(), m_theme.color(style.ink).name()));
    if (node.isEmpty()) {
        chip->setFocusPolicy(Qt::NoFocus);
        chip->setAttribute(Qt::WA_TransparentForMouseEvents);
    } else {
        chip->setCursor(Qt::PointingHandCursor);
        chip->setToolTip(tr("Show this step in the drawing"));
        connect(chip, &QPushButton::clicked, this, [this, node] { Q_EMIT nodeActivated(node); });
    }
    m_row->addWidget(chip);
}

} // namespace headgate::ui
