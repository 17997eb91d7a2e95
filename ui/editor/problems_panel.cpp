#include "ui/editor/problems_panel.h"

#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/problem_delegate.h"
#include "ui/editor/problems_model.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPushButton>
#include <QUndoStack>

using namespace Qt::StringLiterals;

namespace headgate::ui {

ProblemsPanel::ProblemsPanel(const Theme &theme, policy::PolicyEditor &editor, QUndoStack &undo,
                             QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_editor(editor)
    , m_undo(undo)
    , m_title(new QLabel)
    , m_empty(new QLabel(tr("Nothing is wrong with this policy.")))
    , m_list(new QListView)
    , m_model(new ProblemsModel(this))
{
    setRole(this, Role::Panel);
    setRole(m_title, Role::Caption);
    setRole(m_empty, Role::Secondary);
    m_title->setContentsMargins(12, 0, 0, 0);
    m_title->setBuddy(m_list);
    m_empty->setContentsMargins(12, 0, 0, 4);
    m_empty->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_list->setObjectName(u"problemsList"_s);
    m_list->setAccessibleName(tr("Problems"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ProblemDelegate(theme, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_title);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_empty, 1);

    m_list->installEventFilter(this);
    connect(m_list, &QListView::clicked, this, &ProblemsPanel::choose);
    connect(m_list, &QListView::activated, this, [this](const QModelIndex &index) {
        choose(index);
        const QList<policy::Problem> &problems = m_model->problems(index.row());
        const policy::Problem &problem = problems[qBound(0, m_step, int(problems.size()) - 1)];
        Q_EMIT problemChosen(problem.node, problem.field);
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this] { m_step = -1; });
    connect(m_model, &QAbstractItemModel::modelReset, this, &ProblemsPanel::placeButtons);
    showProblems({});
}

void ProblemsPanel::choose(const QModelIndex &index)
{
    if (!index.isValid())
        return;
    const QList<policy::Problem> &problems = m_model->problems(index.row());
    m_step = (m_step + 1) % int(problems.size());
    Q_EMIT nodeChosen(problems[m_step].node);
}

void ProblemsPanel::showProblems(const QList<policy::Problem> &problems)
{
    const int row = m_list->currentIndex().row();
    m_model->setProblems(problems, m_editor.document());
    if (row >= 0 && !m_list->currentIndex().isValid())
        m_list->setCurrentIndex(m_model->index(qMin(row, m_model->rowCount() - 1), 0));
    m_title->setText(problems.isEmpty() ? tr("Problems") : tr("Problems %1").arg(problems.size()));
    m_list->setVisible(!problems.isEmpty());
    m_empty->setVisible(problems.isEmpty());
    Q_EMIT countChanged(int(problems.size()));
}

bool ProblemsPanel::eventFilter(QObject *watched, QEvent *event)
{
    const bool keys =
        event->type() == QEvent::ShortcutOverride || event->type() == QEvent::KeyPress;
    if (watched == m_list && keys) {
        const auto *key = static_cast<const QKeyEvent *>(event);
        const int row = m_list->currentIndex().row();
        if (key->modifiers() == Qt::ControlModifier && key->key() == Qt::Key_Period && row >= 0) {
            event->accept();
            if (event->type() == QEvent::KeyPress)
                mend(row, ProblemsModel::MendRole);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void ProblemsPanel::placeButtons()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row);
        if (index.data(ProblemsModel::MendRole).toString().isEmpty())
            continue;
        auto *holder = new QWidget;
        auto *layout = new QHBoxLayout(holder);
        layout->setContentsMargins(0, 0, 12, 0);
        layout->addStretch();
        addButton(*layout, index, ProblemsModel::MendRole);
        addButton(*layout, index, ProblemsModel::OtherMendRole);
        m_list->setIndexWidget(index, holder);
    }
}

void ProblemsPanel::addButton(QHBoxLayout &layout, const QModelIndex &index, int role)
{
    const QString label = index.data(role).toString();
    if (label.isEmpty())
        return;
    const bool first = role == ProblemsModel::MendRole;
    auto *button = new QPushButton(label);
    button->setObjectName((first ? u"fix_%1"_s : u"otherFix_%1"_s).arg(index.row()));
    setRole(button, Role::Link);
    button->setAccessibleName(tr("%1: %2").arg(label, index.data().toString()));
    button->setToolTip(first ? tr("Mend it as one step that undo takes back (Ctrl+.)")
                             : tr("Mend it this way, as one step that undo takes back"));
    layout.addWidget(button);
    connect(button, &QPushButton::clicked, this,
            [this, row = index.row(), role] { mend(row, role); });
}

void ProblemsPanel::mend(int row, int role)
{
    const QString label = m_model->index(row).data(role).toString();
    if (label.isEmpty())
        return;
    const ProblemsModel::Way way =
        role == ProblemsModel::MendRole ? &policy::Problem::mend : &policy::Problem::otherMend;
    m_undo.push(new ReplaceDocumentCommand(m_editor, m_model->mended(row, m_editor.document(), way),
                                           tr("Fix: %1").arg(label)));
    // Shown at once, so that a second click finds what is left to mend and not this once more.
    Q_EMIT mended();
}

void ProblemsPanel::hideTitle()
{
    m_title->hide();
    layout()->setContentsMargins(0, 4, 0, 0);
}

void ProblemsPanel::focusFirst()
{
    m_list->setCurrentIndex(m_model->index(0));
    m_list->setFocus(Qt::OtherFocusReason);
}

} // namespace headgate::ui
