#include "ui/ask/trace_panel.h"

#include "ui/ask/trace_delegate.h"
#include "ui/ask/trace_model.h"
#include "ui/common/hop_words.h"
#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QClipboard>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTreeView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

QLabel *label(const QString &text, Role role)
{
    auto *made = new QLabel(text);
    setRole(made, role);
    return made;
}

} // namespace

TracePanel::TracePanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_model(new TraceModel(this))
    , m_delegate(new TraceDelegate(theme, this))
    , m_tree(new QTreeView)
    , m_ruler(label({}, Role::Faint))
    , m_hint(label(tr("The steps of the next query appear here."), Role::Secondary))
    , m_detailTitle(label({}, Role::Section))
    , m_detailBody(new QWidget)
    , m_details(new QFormLayout(m_detailBody))
    , m_actions(new QWidget)
{
    setRole(this, Role::Panel);
    m_tree->setObjectName(u"traceTree"_s);
    m_tree->setAccessibleName(tr("Steps of the run"));
    m_tree->setModel(m_model);
    m_tree->setItemDelegate(m_delegate);
    m_tree->setHeaderHidden(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(12);
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(TraceModel::StepColumn, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(TraceModel::BarColumn, QHeaderView::Fixed);
    m_tree->header()->setSectionResizeMode(TraceModel::TimeColumn, QHeaderView::Fixed);
    m_tree->setColumnWidth(TraceModel::BarColumn, 130);
    m_tree->setColumnWidth(TraceModel::TimeColumn, 72);

    m_detailTitle->setObjectName(u"hopTitle"_s);
    m_details->setContentsMargins(0, 0, 0, 0);
    m_details->setHorizontalSpacing(16);
    m_details->setVerticalSpacing(8);
    m_details->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_details->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    auto *details = new QScrollArea;
    details->setWidgetResizable(true);
    details->setWidget(m_detailBody);
    details->setFocusPolicy(Qt::NoFocus);
    setRole(details, Role::Panel);
    setRole(m_detailBody, Role::Panel);

    auto *actions = new QHBoxLayout(m_actions);
    actions->setContentsMargins(0, 0, 0, 0);
    actions->addStretch();
    connect(addAction(tr("Replay"), u"replayTrace"_s, tr("Steps through this run in the drawing")),
            &QPushButton::clicked, this,
            [this] { Q_EMIT replayRequested(*m_trace, currentHop()); });
    connect(
        addAction(tr("Copy as JSON"), u"copyTrace"_s, tr("Puts the whole trace on the clipboard")),
        &QPushButton::clicked, this, &TracePanel::copyJson);
    m_pin = addAction(tr("Pin path"), u"pinTrace"_s,
                      tr("Checks after each edit that this query still takes this path. Its prompt "
                         "is kept in the policy file."));
    connect(m_pin, &QPushButton::clicked, this, [this] { Q_EMIT pinRequested(*m_trace); });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(label(tr("Trace"), Role::Caption));
    layout->addWidget(m_hint);
    layout->addWidget(m_tree, 3);
    layout->addWidget(m_ruler);
    layout->addWidget(m_detailTitle);
    layout->addWidget(details, 2);
    layout->addWidget(m_actions);

    connect(m_tree->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &TracePanel::showSelected);
    connect(&theme, &Theme::changed, m_tree->viewport(), qOverload<>(&QWidget::update));
    clear();
}

QPushButton *TracePanel::addAction(const QString &text, const QString &name, const QString &toolTip)
{
    auto *button = new QPushButton(text);
    button->setObjectName(name);
    button->setToolTip(toolTip);
    auto *row = static_cast<QHBoxLayout *>(m_actions->layout());
    row->insertWidget(row->count() - 1, button); // before the stretch
    return button;
}

int TracePanel::currentHop() const
{
    const QModelIndex current = m_tree->currentIndex();
    return current.isValid() ? current.data(TraceModel::HopRole).toInt() : 0;
}

void TracePanel::showHop(const QString &runId, int hop)
{
    if (m_trace && m_trace->id == runId && hop >= 0 && hop < m_trace->hops.size())
        m_tree->setCurrentIndex(m_model->indexOfHop(hop));
}

void TracePanel::clear()
{
    m_trace.reset();
    m_model->clear();
    m_tree->hide();
    m_hint->show();
    m_ruler->clear();
    m_actions->hide();
    showSelected();
}

void TracePanel::append(const engine::Hop &hop)
{
    m_hint->hide();
    m_tree->show();
    m_model->append(hop);
    updateRuler();
    m_tree->scrollToBottom();
}

void TracePanel::show(const engine::RunTrace &trace)
{
    m_trace = trace;
    m_hint->setVisible(trace.hops.isEmpty());
    m_tree->setVisible(!trace.hops.isEmpty());
    m_delegate->setSimulated(trace.simulated);
    m_model->setHops(trace.hops);
    updateRuler();
    m_tree->expandAll();
    m_actions->show();
    m_pin->setEnabled(trace.status == engine::RunStatus::Answered ||
                      trace.status == engine::RunStatus::LimitedAnswer);
    const qsizetype hop = trace.answeringHop >= 0 ? trace.answeringHop : trace.hops.size() - 1;
    m_tree->setCurrentIndex(m_model->indexOfHop(hop));
}

void TracePanel::updateRuler()
{
    m_delegate->setSpan(m_model->span());
    m_ruler->setText(
        m_model->hops().isEmpty() ? QString() : tr("0 to %1").arg(formatDuration(m_model->span())));
    m_ruler->setAlignment(Qt::AlignRight);

    // As tall as its steps, so that the details follow at once; it scrolls where they are many.
    int rows = m_model->rowCount();
    for (int row = 0; row < m_model->rowCount(); ++row)
        rows += m_model->rowCount(m_model->index(row, 0));
    m_tree->setMaximumHeight(rows * TraceDelegate::kRowHeight + 2);
}

void TracePanel::showSelected()
{
    while (m_details->rowCount() > 0)
        m_details->removeRow(0);
    const QModelIndex current = m_tree->currentIndex();
    m_detailTitle->setVisible(current.isValid());
    if (!current.isValid())
        return;
    const engine::Hop &hop = m_model->hops()[current.data(TraceModel::HopRole).toInt()];
    m_detailTitle->setText(hop.attempt > 1 ? tr("%1 · try %2").arg(hopName(hop)).arg(hop.attempt)
                                           : hopName(hop));
    for (const auto &[name, value] : hopDetails(hop)) {
        auto *text = new QLabel(value);
        text->setTextFormat(Qt::PlainText);
        text->setWordWrap(true);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        text->setAccessibleName(name);
        m_details->addRow(label(name, Role::Secondary), text);
    }
    Q_EMIT nodeSelected(hop.node);
    if (m_trace)
        Q_EMIT hopSelected(m_trace->id, currentHop());
}

void TracePanel::copyJson()
{
    if (m_trace)
        QGuiApplication::clipboard()->setText(
            QString::fromUtf8(formatJson(engine::toJson(*m_trace))));
}

} // namespace headgate::ui
