#include "ui/evaluate/wish_bar.h"

#include "ui/common/style_sheet.h"
#include "ui/evaluate/search_options_popup.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStandardItemModel>
#include <QStyle>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr double kMostAmount = 1e9;
constexpr int kAmountWidth = 84;
constexpr int kLeastLetters = 10; // of a wish, where there is no room for more
constexpr int kMostWishWidth = 230;

} // namespace

WishBar::WishBar(QWidget *parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_amount(new QLineEdit(this))
    , m_unit(new QLabel(this))
    , m_options(new QPushButton(tr("Options…"), this))
    , m_popup(new SearchOptionsPopup(this))
    , m_problem(new QLabel(this))
{
    m_kind->setObjectName(u"wish"_s);
    m_kind->setAccessibleName(tr("Wish"));
    m_kind->setToolTip(tr("Which of the cascades that were found is chosen"));
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kind->setMinimumContentsLength(kLeastLetters);
    m_kind->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_kind->setMaximumWidth(kMostWishWidth);
    m_kind->addItem(tr("as good as the best model"), int(Kind::MatchBestSingle));
    m_kind->addItem(tr("the best within a budget"), int(Kind::Budget));
    m_kind->addItem(tr("the best in time"), int(Kind::Latency));
    m_amount->setObjectName(u"wishAmount"_s);
    m_amount->setFixedWidth(kAmountWidth);
    setRole(m_unit, Role::Secondary);
    m_options->setObjectName(u"searchOptionsButton"_s);
    m_options->setToolTip(tr("Models to leave out, what their calls cost, the smallest share"));
    m_problem->setObjectName(u"wishProblem"_s);
    setRole(m_problem, Role::ErrorText);
    m_problem->hide();

    auto *row = new QHBoxLayout;
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(m_kind, 4);
    row->addWidget(m_amount);
    row->addWidget(m_unit);
    row->addStretch(1);
    row->addWidget(makeStages());
    row->addWidget(m_options);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addLayout(row);
    layout->addWidget(m_problem);
    showKind();
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        m_wasAsked = false;
        showKind();
        if (kind() == Kind::MatchBestSingle)
            ask();
        else
            m_amount->setFocus(Qt::OtherFocusReason);
    });
    connect(m_amount, &QLineEdit::textEdited, this, &WishBar::check);
    connect(m_amount, &QLineEdit::editingFinished, this, &WishBar::ask);
    connect(m_options, &QPushButton::clicked, this, &WishBar::openOptions);
    connect(m_popup, &SearchOptionsPopup::closed, this, &WishBar::ask);
}

QComboBox *WishBar::makeStages()
{
    m_stages = new QComboBox(this);
    m_stages->setObjectName(u"stages"_s);
    m_stages->setAccessibleName(tr("Stages of a cascade"));
    m_stages->setToolTip(tr("How many models a cascade may ask one after the other"));
    m_stages->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_stages->setMinimumContentsLength(kLeastLetters);
    m_stages->addItem(tr("single models"), 1);
    m_stages->addItem(tr("up to 2 stages"), 2);
    m_stages->addItem(tr("up to 3 stages"), 3);
    m_stages->setCurrentIndex(2);
    connect(m_stages, &QComboBox::currentIndexChanged, this, &WishBar::ask);
    return m_stages;
}

WishBar::Kind WishBar::kind() const
{
    return Kind(m_kind->currentData().toInt());
}

void WishBar::showKind()
{
    const bool isBudget = kind() == Kind::Budget;
    m_amount->setVisible(kind() != Kind::MatchBestSingle);
    m_unit->setVisible(kind() != Kind::MatchBestSingle);
    m_amount->clear();
    m_amount->setPlaceholderText(QLocale().toString(isBudget ? 1.5 : 800.0, 'g', 3));
    m_amount->setAccessibleName(isBudget ? tr("Budget in USD for 1,000 queries")
                                         : tr("Milliseconds that 95 % of the answers keep"));
    m_unit->setText(isBudget ? tr("USD per 1,000") : tr("ms, p95"));
    check();
}

void WishBar::setOutcomes(const LoadedOutcomes &outcomes)
{
    QList<SearchOptionsPopup::Model> models;
    for (const evaluation::ModelColumns &model : outcomes.table->models)
        models.append({model.name, outcomes.hasCosts(model.name)});
    m_popup->setModels(models);
    const auto &columns = outcomes.train.models;
    const bool isMeasured =
        !columns.empty() && std::none_of(columns.begin(), columns.end(),
                                         [](const auto &each) { return each.latency.empty(); });
    const int place = m_kind->findData(int(Kind::Latency));
    auto *items = qobject_cast<QStandardItemModel *>(m_kind->model());
    items->item(place)->setEnabled(isMeasured);
    items->item(place)->setToolTip(
        isMeasured ? QString() : tr("Latency was not measured of every model on every prompt"));
    if (!isMeasured && kind() == Kind::Latency)
        m_kind->setCurrentIndex(0);
}

void WishBar::setRefusal(const QString &sentence)
{
    m_refusal = sentence;
    check();
}

std::optional<double> WishBar::amount() const
{
    bool isNumber = false;
    double number = QLocale().toDouble(m_amount->text().trimmed(), &isNumber);
    if (!isNumber)
        number = m_amount->text().trimmed().toDouble(&isNumber);
    return isNumber && number > 0 && number <= kMostAmount ? std::optional(number) : std::nullopt;
}

void WishBar::check()
{
    const bool isWrong = kind() != Kind::MatchBestSingle && !amount() &&
                         (m_wasAsked || !m_amount->text().trimmed().isEmpty());
    m_problem->setText(
        !isWrong ? m_refusal
        : kind() == Kind::Budget
            ? tr("Say an amount in USD above 0, such as %1.").arg(m_amount->placeholderText())
            : tr("Say a number of milliseconds above 0, such as %1.")
                  .arg(m_amount->placeholderText()));
    m_problem->setVisible(isWrong || !m_refusal.isEmpty());
    m_amount->setProperty("invalid", isWrong);
    m_amount->style()->unpolish(m_amount);
    m_amount->style()->polish(m_amount);
}

void WishBar::ask()
{
    m_wasAsked = m_wasAsked || (kind() != Kind::MatchBestSingle && !m_amount->text().isEmpty());
    m_refusal.clear();
    check();
    const QString summary = m_popup->summary();
    m_options->setText(summary.isEmpty() ? tr("Options…") : summary);
    if (request())
        Q_EMIT changed();
}

void WishBar::openOptions()
{
    m_popup->adjustSize();
    m_popup->move(m_options->mapToGlobal(
        QPoint(m_options->width() - m_popup->width(), m_options->height() + 4)));
    m_popup->show();
}

std::optional<TuneRequest> WishBar::request() const
{
    if (!m_popup->isValid())
        return std::nullopt;
    TuneRequest request;
    request.models = m_popup->models();
    request.search.maxStages = m_stages->currentData().toInt();
    request.search.leastShare = m_popup->leastShare();
    request.perBranch = m_popup->perBranch();
    request.wish.matchBestSingle = kind() == Kind::MatchBestSingle;
    if (request.wish.matchBestSingle)
        return request;
    const auto wanted = amount();
    if (!wanted)
        return std::nullopt;
    if (kind() == Kind::Budget)
        request.wish.budgetPer1k = *wanted;
    else
        request.search.latencyP95 = std::chrono::nanoseconds(std::llround(*wanted * 1e6));
    return request;
}

} // namespace headgate::ui
