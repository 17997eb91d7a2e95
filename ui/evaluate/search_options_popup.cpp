#include "ui/evaluate/search_options_popup.h"

#include "ui/common/style_sheet.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStyle>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kWidth = 320;
constexpr int kMostListHeight = 300; // of the models; then they scroll
constexpr double kMostShare = 50;    // percent; two stages cannot both answer more

std::optional<Money> costIn(const QLineEdit &field)
{
    const auto cost = Money::fromDecimal(field.text().trimmed());
    return cost && *cost >= Money() ? std::optional(*cost) : std::nullopt;
}

} // namespace

SearchOptionsPopup::SearchOptionsPopup(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_grid(new QGridLayout)
    , m_perBranch(new QCheckBox(tr("Behind each branch of the drawn router, too"), this))
    , m_leastShare(new QDoubleSpinBox(this))
    , m_problem(new QLabel(this))
{
    setObjectName(u"searchOptions"_s);
    setAccessibleName(tr("Options of the search"));
    setRole(this, Role::Card);
    setFixedWidth(kWidth);
    auto *title = new QLabel(tr("Models that a cascade may use"), this);
    setRole(title, Role::Section);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(0, 1);
    m_leastShare->setObjectName(u"leastShare"_s);
    m_leastShare->setRange(0, kMostShare);
    m_leastShare->setDecimals(1);
    m_leastShare->setSuffix(tr(" %"));
    m_leastShare->setAccessibleName(tr("Smallest share of a stage"));
    auto *label = new QLabel(tr("&Each stage answers at least"), this);
    label->setBuddy(m_leastShare);
    auto *share = new QHBoxLayout;
    share->addWidget(label, 1);
    share->addWidget(m_leastShare);
    m_problem->setObjectName(u"searchOptionsProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    setRole(m_problem, Role::ErrorText);
    auto *done = new QPushButton(tr("Search with these"), this);
    done->setObjectName(u"searchOptionsDone"_s);
    setRole(done, Role::Primary);
    connect(done, &QPushButton::clicked, this, &QWidget::close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    layout->addWidget(title);
    auto *list = new QWidget(this);
    list->setLayout(m_grid);
    m_scroll = new QScrollArea(this);
    m_scroll->setWidget(list);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setRole(list, Role::Panel);
    layout->addWidget(m_scroll);
    layout->addLayout(share);
    m_perBranch->setObjectName(u"perBranch"_s);
    m_perBranch->setToolTip(tr("Where the drawing begins with a router: a cascade for each of its "
                               "ports, all at the same price of quality"));
    layout->addWidget(m_perBranch);
    layout->addWidget(m_problem);
    layout->addWidget(done, 0, Qt::AlignRight);
}

SearchOptionsPopup::Row SearchOptionsPopup::makeRow(const Model &model, int place)
{
    Row row{.model = model, .use = new QCheckBox(model.name, this)};
    row.use->setObjectName(u"use:"_s + model.name);
    row.use->setChecked(true);
    m_grid->addWidget(row.use, place, 0);
    connect(row.use, &QCheckBox::toggled, this, &SearchOptionsPopup::check);
    if (model.hasCosts)
        return row;
    row.cost = new QLineEdit(this);
    row.cost->setObjectName(u"cost:"_s + model.name);
    row.cost->setFixedWidth(110);
    row.cost->setPlaceholderText(tr("USD a call"));
    row.cost->setAccessibleName(tr("Cost of a call of %1 in USD").arg(model.name));
    row.cost->setToolTip(tr("The outcomes hold no cost of this model"));
    m_grid->addWidget(row.cost, place, 1);
    connect(row.cost, &QLineEdit::textChanged, this, &SearchOptionsPopup::check);
    return row;
}

void SearchOptionsPopup::setModels(const QList<Model> &models)
{
    const bool isSame = std::equal(models.begin(), models.end(), m_rows.begin(), m_rows.end(),
                                   [](const Model &a, const Row &b) { return a == b.model; });
    if (isSame)
        return;
    for (const Row &row : std::as_const(m_rows)) {
        delete row.use;
        delete row.cost;
    }
    m_rows.clear();
    for (const Model &model : models)
        m_rows.append(makeRow(model, int(m_rows.size())));
    check();
}

void SearchOptionsPopup::check()
{
    QString problem;
    bool isAny = false;
    for (const Row &row : std::as_const(m_rows)) {
        isAny = isAny || row.use->isChecked();
        const bool isWrong = row.cost && row.use->isChecked() && !costIn(*row.cost);
        if (row.cost) {
            row.cost->setEnabled(row.use->isChecked());
            row.cost->setProperty("invalid", isWrong && !row.cost->text().isEmpty());
            row.cost->style()->unpolish(row.cost);
            row.cost->style()->polish(row.cost);
        }
        if (isWrong && problem.isEmpty())
            problem = tr("Say what a call of %1 costs in USD, such as 0.0004, or leave it out.")
                          .arg(row.model.name);
    }
    if (!m_rows.isEmpty() && !isAny)
        problem = tr("A cascade needs at least one model.");
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    m_scroll->setFixedHeight(std::min(m_grid->sizeHint().height() + 4, kMostListHeight));
    adjustSize();
}

bool SearchOptionsPopup::isValid() const
{
    return m_problem->text().isEmpty();
}

evaluation::CascadeColumnsOptions SearchOptionsPopup::models() const
{
    evaluation::CascadeColumnsOptions options;
    for (const Row &row : m_rows) {
        if (!row.use->isChecked())
            options.leaveOut.append(row.model.name);
        else if (row.cost)
            options.costPerCall.insert(row.model.name, costIn(*row.cost).value_or(Money()));
    }
    return options;
}

double SearchOptionsPopup::leastShare() const
{
    return m_leastShare->value() / 100;
}

bool SearchOptionsPopup::perBranch() const
{
    return m_perBranch->isChecked();
}

QString SearchOptionsPopup::summary() const
{
    const qsizetype leftOut = models().leaveOut.size();
    return leftOut > 0 ? tr("%1 left out…", "models").arg(leftOut) : QString();
}

void SearchOptionsPopup::hideEvent(QHideEvent *event)
{
    QFrame::hideEvent(event);
    Q_EMIT closed();
}

void SearchOptionsPopup::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape || event->key() == Qt::Key_Return ||
        event->key() == Qt::Key_Enter)
        close();
    else
        QFrame::keyPressEvent(event);
}

} // namespace headgate::ui
