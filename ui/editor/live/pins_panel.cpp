#include "ui/editor/live/pins_panel.h"

#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/editor/editor_commands/pin_commands.h"
#include "ui/editor/live/list_pane.h"
#include "ui/editor/live/pin_watch.h"
#include "ui/editor/live/pins_model.h"
#include "ui/editor/node_look.h"
#include "ui/editor/state_mark.h"

#include <QKeyEvent>
#include <QListView>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QUndoStack>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using PinState = engine::PinOutcome::State;

namespace {

constexpr int kPinRowHeight = 30;
constexpr int kNameWidth = 260;

// The mark of the state, the name, and what is to be said of it.
class PinDelegate final : public QStyledItemDelegate
{
public:
    PinDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {option.rect.width(), kPinRowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, m_theme.color(Token::AccentWash));
        paintMark(*painter, {option.rect.left() + 12.0, option.rect.center().y() - 6.5, 14, 14},
                  index.data(PinsModel::StateRole));
        const QRect name(option.rect.left() + 36, option.rect.top(), kNameWidth, kPinRowHeight);
        painter->setPen(m_theme.color(Token::Text));
        painter->drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight,
                                                        name.width() - 12));
        const QRect detail = option.rect.adjusted(36 + kNameWidth, 0, -12, 0);
        painter->setPen(m_theme.color(Token::TextSecondary));
        painter->drawText(
            detail, Qt::AlignLeft | Qt::AlignVCenter,
            option.fontMetrics.elidedText(index.data(PinsModel::DetailRole).toString(),
                                          Qt::ElideRight, detail.width()));
        painter->restore();
    }

    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &) const override
    {
        editor->setGeometry(option.rect.left() + 32, option.rect.top(), kNameWidth, kPinRowHeight);
    }

private:
    void paintMark(QPainter &painter, const QRectF &box, const QVariant &state) const
    {
        if (!state.isValid() || PinState(state.toInt()) == PinState::Unknown)
            paintStateMark(painter, box, NodeState::Queued, m_theme);
        else if (PinState(state.toInt()) == PinState::Holds)
            paintStateMark(painter, box, NodeState::Done, m_theme);
        else
            paintProblemMark(painter, box, policy::Problem::Severity::Warning, m_theme);
    }

    const Theme &m_theme;
};

} // namespace

PinsPanel::PinsPanel(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
                     PinWatch &watch, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_undo(undo)
    , m_watch(watch)
    , m_model(new PinsModel(this))
    , m_list(new QListView)
{
    setRole(this, Role::Panel);
    m_list->setObjectName(u"pinsList"_s);
    m_list->setAccessibleName(tr("Pinned paths"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PinDelegate(theme, m_list));
    m_list->setEditTriggers(QAbstractItemView::EditKeyPressed);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->installEventFilter(this);
    m_accept = new QPushButton(tr("Accept the new path"));
    m_accept->setObjectName(u"acceptPin"_s);
    m_remove = new QPushButton(tr("Remove the pin"));
    m_remove->setObjectName(u"removePin"_s);
    m_pane = new ListPane(m_list, {m_accept, m_remove},
                          tr("No path is pinned. Replay a run and choose “Pin path”: after each "
                             "edit it is checked, without a call, whether that query still takes "
                             "it."));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_pane);

    connect(m_accept, &QPushButton::clicked, this, &PinsPanel::acceptCurrent);
    connect(m_remove, &QPushButton::clicked, this, &PinsPanel::removeCurrent);
    connect(m_model, &PinsModel::renameRequested, this,
            [this](const QString &id, const QString &name) {
                if (auto command = renamePinCommand(m_editor, id, name))
                    m_undo.push(command.release());
            });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &PinsPanel::updateButtons);
    const auto choose = [this](const QModelIndex &index) {
        const QString node = index.data(PinsModel::NodeRole).toString();
        if (!node.isEmpty())
            Q_EMIT nodeChosen({node});
    };
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, choose);
    connect(&watch, &PinWatch::changed, this, &PinsPanel::refresh);
    connect(&editor, &policy::PolicyEditor::pinsChanged, this, &PinsPanel::refresh);
    connect(&editor, &policy::PolicyEditor::documentReplaced, this, &PinsPanel::refresh);
    connect(&theme, &Theme::changed, m_list->viewport(), qOverload<>(&QWidget::update));
    refresh();
}

qsizetype PinsPanel::count() const
{
    return m_model->rowCount();
}

QString PinsPanel::currentId() const
{
    return m_list->currentIndex().data(PinsModel::IdRole).toString();
}

void PinsPanel::refresh()
{
    const QString current = currentId();
    QHash<policy::NodeId, QString> titles;
    for (const policy::Node &node : m_editor.document().nodes)
        titles.insert(node.id, nodeName(node));
    m_model->setPins(m_editor.document().pins, m_watch.outcomes(), titles);
    m_pane->setFilled(m_model->rowCount() > 0);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (m_model->index(row).data(PinsModel::IdRole).toString() == current)
            m_list->setCurrentIndex(m_model->index(row));
    }
    updateButtons();
    Q_EMIT countChanged();
}

void PinsPanel::updateButtons()
{
    const engine::PinOutcome *outcome = m_watch.outcome(currentId());
    m_remove->setEnabled(!currentId().isEmpty());
    m_accept->setEnabled(outcome && outcome->newPath.has_value());
    m_accept->setToolTip(
        outcome && outcome->state == PinState::Broken && !outcome->newPath
            ? tr("The new path needs a call that was not recorded; ask the query again and pin "
                 "that run.")
            : tr("From now on the pin expects the path that the query takes now."));
}

void PinsPanel::removeCurrent()
{
    if (auto command = removePinCommand(m_editor, currentId()))
        m_undo.push(command.release());
}

void PinsPanel::acceptCurrent()
{
    const engine::PinOutcome *outcome = m_watch.outcome(currentId());
    if (!outcome || !outcome->newPath)
        return;
    if (auto command = repathPinCommand(m_editor, currentId(), *outcome->newPath))
        m_undo.push(command.release());
}

bool PinsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Delete) {
        removeCurrent();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace headgate::ui
