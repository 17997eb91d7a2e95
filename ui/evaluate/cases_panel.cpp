#include "ui/evaluate/cases_panel.h"

#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStyledItemDelegate>
#include <QTableView>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using Filter = CasesModel::Filter;

namespace {

constexpr std::array kFilters{Filter::All,   Filter::Failed,   Filter::Flipped,
                              Filter::Error, Filter::Overpaid, Filter::Underserved};

constexpr int kLeastWidth = 240; // filters and choices give way down to this

QString filterText(Filter filter, qsizetype count)
{
    const QString n = formatCount(count);
    switch (filter) {
    case Filter::All:
        return CasesPanel::tr("all %1").arg(n);
    case Filter::Failed:
        return CasesPanel::tr("failed %1").arg(n);
    case Filter::Flipped:
        return CasesPanel::tr("flipped %1").arg(n);
    case Filter::Error:
        return CasesPanel::tr("errors %1").arg(n);
    case Filter::Overpaid:
        return CasesPanel::tr("overpaid %1").arg(n);
    case Filter::Underserved:
        return CasesPanel::tr("underserved %1").arg(n);
    }
    Q_UNREACHABLE();
}

QString filterHelp(Filter filter)
{
    switch (filter) {
    case Filter::All:
        return CasesPanel::tr("All prompts of the validation part");
    case Filter::Failed:
        return CasesPanel::tr("Where the new one is wrong");
    case Filter::Flipped:
        return CasesPanel::tr("Where one of the two is right and the other is wrong");
    case Filter::Error:
        return CasesPanel::tr("Where an outcome or a cost is missing, or no model was asked: left "
                              "out of all figures, never taken for wrong or for free");
    case Filter::Overpaid:
        return CasesPanel::tr("Where a cheaper model alone would have been as good");
    case Filter::Underserved:
        return CasesPanel::tr("Where another model would have been better");
    }
    Q_UNREACHABLE();
}

// What differs between two routes is at both ends of the text.
class RouteDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->textElideMode = Qt::ElideMiddle;
    }
};

const char *filterName(Filter filter)
{
    static constexpr std::array kNames{"filterAll",   "filterFailed",   "filterFlipped",
                                       "filterError", "filterOverpaid", "filterUnderserved"};
    return kNames[size_t(filter)];
}

} // namespace

CasesPanel::CasesPanel(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_model(new CasesModel(theme, this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeFilters());
    layout->addWidget(makeChoices());
    makeTable();
    layout->addWidget(m_table, 1);
}

QWidget *CasesPanel::makeFilters()
{
    auto *line = new QWidget(this);
    line->setMinimumWidth(kLeastWidth);
    m_filterGrid = new QGridLayout(line);
    m_filterGrid->setContentsMargins(12, 6, 12, 2);
    m_filterGrid->setSpacing(6);
    m_filters = new QButtonGroup(this);
    for (const Filter filter : kFilters) {
        auto *button = new QPushButton(filterText(filter, 0), line);
        button->setObjectName(QLatin1StringView(filterName(filter)));
        button->setToolTip(filterHelp(filter));
        button->setCheckable(true);
        button->setChecked(filter == Filter::All);
        m_filters->addButton(button, int(filter));
    }
    placeFilters();
    connect(m_filters, &QButtonGroup::idClicked, this,
            [this](int id) { m_model->setFilter(Filter(id)); });
    return line;
}

void CasesPanel::placeFilters()
{
    const QMargins margins = m_filterGrid->contentsMargins();
    const int room = width() - margins.left() - margins.right();
    int widest = 0;
    int all = 0;
    for (const Filter filter : kFilters) {
        const int needed =
            m_filters->button(int(filter))->sizeHint().width() + m_filterGrid->horizontalSpacing();
        widest = std::max(widest, needed);
        all += needed;
    }
    const int columns = all <= room ? int(kFilters.size()) : 3 * widest <= room ? 3 : 2;
    if (columns == m_filterColumns)
        return;
    m_filterColumns = columns;
    int place = 0;
    for (const Filter filter : kFilters) {
        m_filterGrid->addWidget(m_filters->button(int(filter)), place / columns, place % columns);
        ++place;
    }
}

void CasesPanel::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    placeFilters();
}

QWidget *CasesPanel::makeChoices()
{
    auto *line = new QWidget(this);
    line->setMinimumWidth(kLeastWidth);
    const auto add = [&](const QString &name, const QString &accessible, const QString &help) {
        auto *choice = new QComboBox(line);
        choice->setObjectName(name);
        choice->setAccessibleName(accessible);
        choice->setToolTip(help);
        choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        choice->setMinimumContentsLength(3);
        return choice;
    };
    m_before = add(u"casesBefore"_s, tr("Policy before"), tr("“Before” is what this policy does"));
    m_now = add(u"casesNew"_s, tr("New policy"), tr("“New” is what this policy does"));
    m_order = add(u"casesOrder"_s, tr("Order of cases"),
                  tr("What differs most comes first, in money or in quality"));
    m_order->addItem(tr("by money"), int(CasesModel::Order::Money));
    m_order->addItem(tr("by quality"), int(CasesModel::Order::Quality));
    auto *arrow = new QLabel(u"→"_s, line);
    setRole(arrow, Role::Secondary);
    arrow->setBuddy(m_now);
    m_choiceGrid = new QGridLayout(line);
    m_choiceGrid->setContentsMargins(12, 2, 12, 6);
    m_choiceGrid->setSpacing(6);
    m_choiceGrid->addWidget(m_before, 0, 0);
    m_choiceGrid->addWidget(arrow, 0, 1);
    m_choiceGrid->addWidget(m_now, 0, 2);
    m_choiceGrid->addWidget(m_order, 0, 3);
    for (const auto &[column, stretch] : {std::pair(0, 3), std::pair(2, 3), std::pair(3, 2)})
        m_choiceGrid->setColumnStretch(column, stretch);
    connect(m_before, &QComboBox::activated, this, [this] {
        m_beforeId = m_before->currentData().toString();
        compare();
    });
    connect(m_now, &QComboBox::activated, this, [this] {
        m_nowId = m_now->currentData().toString();
        compare();
    });
    connect(m_order, &QComboBox::activated, this,
            [this] { m_model->setOrder(CasesModel::Order(m_order->currentData().toInt())); });
    return line;
}

void CasesPanel::makeTable()
{
    m_table = new QTableView(this); // behind what stands above it, for Tab
    m_table->setObjectName(u"cases"_s);
    m_table->setAccessibleName(tr("Cases"));
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    QHeaderView *columns = m_table->horizontalHeader();
    columns->setHighlightSections(false);
    columns->setSectionResizeMode(CasesModel::PromptColumn, QHeaderView::Stretch);
    columns->setMinimumSectionSize(40);
    columns->resizeSection(CasesModel::NumberColumn, 56);
    columns->resizeSection(CasesModel::BeforeColumn, 62);
    columns->resizeSection(CasesModel::NewColumn, 52);
    columns->resizeSection(CasesModel::RouteColumn, 160);
    // Prices of small models have many places, and none of them may be cut.
    columns->resizeSection(CasesModel::ValueColumn,
                           m_table->fontMetrics().horizontalAdvance(u"−$0.00000345"_s) + 26);
    m_table->setItemDelegateForColumn(CasesModel::RouteColumn, new RouteDelegate(m_table));
}

void CasesPanel::setPolicies(std::shared_ptr<const LoadedOutcomes> outcomes,
                             const QList<ComparedPolicy> &policies)
{
    m_outcomes = std::move(outcomes);
    m_policies = policies;
    compare();
}

const ComparedPolicy &CasesPanel::chosen(const QString &id, qsizetype otherwise) const
{
    for (const ComparedPolicy &policy : m_policies) {
        if (policy.id == id)
            return policy;
    }
    return m_policies[std::min(otherwise, m_policies.size() - 1)];
}

void CasesPanel::fillChoice(QComboBox *choice, const QString &chosenId) const
{
    const QSignalBlocker blocker(choice);
    bool isSame = choice->count() == m_policies.size();
    for (int place = 0; isSame && place < choice->count(); ++place)
        isSame = choice->itemData(place) == m_policies[place].id &&
                 choice->itemText(place) == m_policies[place].name;
    if (!isSame) {
        choice->clear();
        for (const ComparedPolicy &policy : m_policies)
            choice->addItem(policy.name, policy.id);
    }
    choice->setCurrentIndex(choice->findData(chosenId));
    for (int place = 0; place < choice->count(); ++place)
        choice->setItemData(place, choice->itemText(place), Qt::ToolTipRole);
}

void CasesPanel::compare()
{
    if (m_policies.isEmpty()) {
        m_model->clear();
        showCounts();
        return;
    }
    const ComparedPolicy &now = chosen(m_nowId, 0);
    const ComparedPolicy &before = chosen(m_beforeId, 1);
    fillChoice(m_now, now.id);
    fillChoice(m_before, before.id);
    m_model->setRouted(m_outcomes, before.routed, now.routed);
    showCounts();
}

void CasesPanel::showCounts()
{
    for (const Filter filter : kFilters)
        m_filters->button(int(filter))->setText(filterText(filter, m_model->count(filter)));
    placeFilters();
}

void CasesPanel::showFilter(Filter filter)
{
    m_filters->button(int(filter))->setChecked(true);
    m_model->setFilter(filter);
    m_table->setFocus(Qt::OtherFocusReason);
    m_table->scrollToTop();
}

void CasesPanel::setNarrow(bool narrow)
{
    m_choiceGrid->addWidget(m_order, narrow ? 1 : 0, narrow ? 0 : 3, 1, narrow ? 3 : 1);
    m_choiceGrid->setColumnStretch(3, narrow ? 0 : 2);
    for (const int column : {CasesModel::NumberColumn, CasesModel::RouteColumn})
        m_table->setColumnHidden(column, narrow);
}

} // namespace headgate::ui
