#include "ui/editor/find_bar.h"

#include "core/policy/named_models.h"
#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/editor/node_item.h"
#include "ui/editor/node_look.h"
#include "ui/editor/policy_scene.h"

#include <QAccessible>
#include <QGraphicsPathItem>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainterPath>
#include <QPen>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kOutlineGap = 5; // canvas units around the card
constexpr int kOutlineKey = 0;    // QGraphicsItem::data of our own outlines
constexpr auto kOutlineMark = "find-outline";

} // namespace

FindBar::FindBar(const Theme &theme, policy::PolicyEditor &editor, PolicyScene &scene,
                 QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_editor(editor)
    , m_scene(scene)
    , m_search(new QLineEdit)
    , m_count(new QLabel)
{
    setObjectName(u"findBar"_s);
    setRole(this, Role::ToolBar);
    setAccessibleName(tr("Find in the drawing"));
    m_search->setObjectName(u"findText"_s);
    m_search->setPlaceholderText(tr("Find nodes by title, kind, model or settings"));
    m_search->setAccessibleName(tr("Find in the drawing"));
    m_search->setClearButtonEnabled(true);
    m_search->installEventFilter(this);
    m_count->setObjectName(u"findCount"_s);
    m_count->setMinimumWidth(72);
    setRole(m_count, Role::Secondary);
    const auto button = [&](const QString &icon, const QString &text, const QString &name) {
        auto *made = new QToolButton;
        setRole(made, Role::Icon);
        made->setIcon(themedIcon(icon, theme));
        made->setToolTip(text);
        made->setAccessibleName(text);
        made->setObjectName(name);
        return made;
    };
    QToolButton *before = button(u"indicator_chevron_up"_s, tr("To the match before (Shift+F3)"),
                                 u"findBefore"_s);
    QToolButton *next = button(u"indicator_chevron"_s, tr("To the next match (F3)"), u"findNext"_s);
    QToolButton *leave = button(u"close"_s, tr("Close the search (Esc)"), u"findClose"_s);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 8, 4);
    layout->setSpacing(4);
    layout->addWidget(m_search, 1);
    layout->addWidget(m_count);
    layout->addWidget(before);
    layout->addWidget(next);
    layout->addWidget(leave);
    hide();

    connect(m_search, &QLineEdit::textChanged, this, [this] {
        search();
        goTo(0);
    });
    connect(before, &QToolButton::clicked, this, [this] { step(-1); });
    connect(next, &QToolButton::clicked, this, [this] { step(1); });
    connect(leave, &QToolButton::clicked, this, &FindBar::close);
    connect(&theme, &Theme::changed, this, &FindBar::outlineMatches);
    // Outlines go with their cards; what is found is looked for anew when it is stepped through.
    connect(&editor, &policy::PolicyEditor::nodeRemoved, this, [this](const policy::NodeId &node) {
        m_matches.removeAll(node);
        showCount();
    });
    connect(&editor, &policy::PolicyEditor::documentReplaced, this, [this] {
        m_matches.clear();
        m_current = -1;
        showCount();
    });
}

FindBar::~FindBar() = default;

void FindBar::open()
{
    show();
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
    search();
}

void FindBar::close()
{
    hide();
    clearOutlines();
    Q_EMIT closed();
}

bool FindBar::matches(const policy::Node &node, const QStringList &words) const
{
    const policy::NodeKind *kind = policy::nodeKind(node.kind);
    QStringList parts{node.title, kindLabel(node.kind), node.id.value};
    parts += policy::modelsNamedBy(node);
    if (kind && kind->summary)
        parts.append(kind->summary(node, m_editor.document()));
    const QString text = parts.join(u' ');
    return std::all_of(words.cbegin(), words.cend(), [&text](const QString &word) {
        return text.contains(word, Qt::CaseInsensitive);
    });
}

void FindBar::search()
{
    const QStringList words = m_search->text().split(u' ', Qt::SkipEmptyParts);
    m_matches.clear();
    m_current = -1;
    if (!words.isEmpty()) {
        for (const policy::Node &node : m_editor.document().nodes) {
            if (matches(node, words))
                m_matches.append(node.id);
        }
    }
    outlineMatches();
    showCount();
}

void FindBar::step(int by)
{
    if (!isVisible()) {
        open();
        return;
    }
    const policy::NodeId current = m_matches.value(m_current);
    search(); // the drawing may have changed
    const qsizetype place = m_matches.indexOf(current);
    if (m_matches.isEmpty())
        return;
    goTo((place + by + m_matches.size()) % m_matches.size());
}

void FindBar::goTo(qsizetype match)
{
    if (match >= m_matches.size())
        return;
    m_current = match;
    showCount();
    Q_EMIT nodeFound(m_matches[match]);
}

void FindBar::showCount()
{
    if (m_search->text().trimmed().isEmpty())
        m_count->setText({});
    else if (m_matches.isEmpty())
        m_count->setText(tr("No match"));
    else
        m_count->setText(tr("%1 of %2", "match, number of matches")
                             .arg(m_current + 1)
                             .arg(m_matches.size()));
    m_search->setProperty("invalid", m_matches.isEmpty() && !m_count->text().isEmpty());
    m_search->setAccessibleDescription(m_count->text());
    QAccessibleEvent told(m_search, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
}

void FindBar::outlineMatches()
{
    clearOutlines();
    if (!isVisible())
        return;
    for (const policy::NodeId &id : std::as_const(m_matches)) {
        NodeItem *node = m_scene.nodeItem(id);
        if (!node)
            continue;
        QPainterPath path;
        path.addRoundedRect(
            node->card().adjusted(-kOutlineGap, -kOutlineGap, kOutlineGap, kOutlineGap),
            Theme::kCardRadius + kOutlineGap, Theme::kCardRadius + kOutlineGap);
        auto *outline = new QGraphicsPathItem(path, node);
        outline->setData(kOutlineKey, QLatin1StringView(kOutlineMark));
        QPen pen(m_theme.color(Token::Warning), 2);
        pen.setCosmetic(true);
        outline->setPen(pen);
        outline->setFlag(QGraphicsItem::ItemStacksBehindParent);
        outline->setAcceptedMouseButtons(Qt::NoButton);
    }
}

void FindBar::clearOutlines()
{
    for (const NodeItem *node : m_scene.nodeItems()) {
        for (QGraphicsItem *child : node->childItems()) {
            if (child->data(kOutlineKey).toString() == QLatin1StringView(kOutlineMark))
                delete child;
        }
    }
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<const QKeyEvent *>(event);
        const int by = key->modifiers() & Qt::ShiftModifier ? -1 : 1;
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_F3:
            step(by);
            return true;
        case Qt::Key_Escape:
            close();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace headgate::ui
