#include "ui/editor/problems_panel.h"

#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/editor/editor_commands/policy_commands.h"
#include "ui/editor/problems_model.h"
#include "ui/editor/state_mark.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QUndoStack>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kRowHeight = 30;

// The mark of the severity, the sentence, and room for the button at the right.
class ProblemDelegate final : public QStyledItemDelegate
{
public:
    ProblemDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return {option.rect.width(), kRowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, m_theme.color(Token::AccentWash));
        const auto severity =
            policy::Problem::Severity(index.data(ProblemsModel::SeverityRole).toInt());
        const QRectF mark(option.rect.left() + 12, option.rect.center().y() - 6.5, 14, 14);
        paintProblemMark(*painter, mark, severity, m_theme);
        const QString mend = index.data(ProblemsModel::MendRole).toString();
        const int button = mend.isEmpty() ? 12 : option.fontMetrics.horizontalAdvance(mend) + 40;
        const QRect text = option.rect.adjusted(36, 0, -button, 0);
        painter->setPen(m_theme.color(Token::Text));
        painter->drawText(
            text, Qt::AlignLeft | Qt::AlignVCenter,
            option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, text.width()));
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

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

    const auto choose = [this](const QModelIndex &index) {
        const policy::NodeId node{index.data(ProblemsModel::NodeRole).toString()};
        if (index.isValid())
            Q_EMIT nodeChosen(node);
    };
    connect(m_list, &QListView::clicked, this, choose);
    connect(m_list, &QListView::activated, this, choose);
    showProblems({});
}

void ProblemsPanel::showProblems(const QList<policy::Problem> &problems)
{
    m_model->setProblems(problems);
    m_title->setText(problems.isEmpty() ? tr("Problems") : tr("Problems %1").arg(problems.size()));
    m_list->setVisible(!problems.isEmpty());
    m_empty->setVisible(problems.isEmpty());
    placeButtons();
}

void ProblemsPanel::placeButtons()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row);
        const QString label = index.data(ProblemsModel::MendRole).toString();
        if (label.isEmpty())
            continue;
        auto *holder = new QWidget;
        auto *layout = new QHBoxLayout(holder);
        layout->setContentsMargins(0, 0, 12, 0);
        auto *button = new QPushButton(label);
        button->setObjectName(u"fix_%1"_s.arg(row));
        setRole(button, Role::Link);
        button->setAccessibleName(tr("%1: %2").arg(label, index.data().toString()));
        layout->addStretch();
        layout->addWidget(button);
        m_list->setIndexWidget(index, holder);
        connect(button, &QPushButton::clicked, this, [this, row] { mend(row); });
    }
}

void ProblemsPanel::mend(int row)
{
    const policy::Problem problem = m_model->problem(row); // the list changes under it
    m_undo.push(new ReplaceDocumentCommand(m_editor, problem.mend->apply(m_editor.document()),
                                           tr("Fix: %1").arg(problem.mend->label)));
}

void ProblemsPanel::focusFirst()
{
    m_list->setCurrentIndex(m_model->index(0));
    m_list->setFocus(Qt::OtherFocusReason);
}

} // namespace headgate::ui
