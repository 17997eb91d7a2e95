#include "ui/jobs/record_dialog.h"

#include "core/common/when_ready.h"
#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"

#include <QCheckBox>
#include <QDate>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace headgate::ui {

using evaluation::RecordingEstimate;

namespace {

constexpr auto kRest = 150ms;
constexpr int kMostAtATime = 64;
constexpr double kMostCap = 1'000'000;
constexpr int kWidth = 520;
constexpr int kMostListHeight = 180; // before it scrolls

QLabel *plainLabel(Role role, const char *name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1StringView(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    setRole(label, role);
    return label;
}

QString orUnknown(const std::optional<Money> &amount)
{
    return amount ? formatMoney(*amount) : RecordDialog::tr("unknown");
}

} // namespace

RecordDialog::RecordDialog(Subject subject, QWidget *parent)
    : QDialog(parent)
    , m_subject(std::move(subject))
    , m_calls(plainLabel(Role::Section, "recordCalls", this))
    , m_cost(plainLabel(Role::Secondary, "recordCost", this))
    , m_notes(plainLabel(Role::Secondary, "recordNotes", this))
    , m_problem(plainLabel(Role::ErrorText, "recordProblem", this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"recordDialog"_s);
    setWindowTitle(tr("Record %1").arg(m_subject.dataset.name));
    resize(kWidth, sizeHint().height());
    auto *intro = plainLabel(Role::Secondary, "recordIntro", this);
    intro->setText(tr("Every chosen model is asked every prompt of this data set, and its answers "
                      "are graded and kept. What was answered before is not asked again."));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    m_record = buttons->addButton(tr("Record"), QDialogButtonBox::AcceptRole);
    m_record->setObjectName(u"recordBegin"_s);
    setRole(m_record, Role::Primary);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    auto *models = new QLabel(tr("Models"), this);
    setRole(models, Role::Section);
    column->addWidget(intro);
    column->addWidget(models);
    column->addWidget(makeModels(), 1);
    column->addWidget(makeLimits());
    for (QLabel *label : {m_calls, m_cost, m_notes, m_problem})
        column->addWidget(label);
    column->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_record, &QPushButton::clicked, this, &RecordDialog::record);
    m_wait.setSingleShot(true);
    m_wait.setInterval(kRest);
    connect(&m_wait, &QTimer::timeout, this, &RecordDialog::estimate);
    estimateSoon();
}

RecordDialog::~RecordDialog()
{
    m_stop.request_stop();
}

QWidget *RecordDialog::makeModels()
{
    auto *list = new QWidget;
    auto *rows = new QVBoxLayout(list);
    rows->setContentsMargins(0, 0, 0, 0);
    for (const policy::Model &model : m_subject.document.models) {
        auto *box = new QCheckBox(tr("%1 (%2, %3)", "name in the policy, provider, model")
                                      .arg(model.name, model.provider, model.model),
                                  list);
        box->setObjectName(u"recordModel-"_s + model.name);
        box->setChecked(true);
        connect(box, &QCheckBox::toggled, this, &RecordDialog::estimateSoon);
        rows->addWidget(box);
        m_models.append(box);
    }
    rows->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setAccessibleName(tr("Models to ask"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(list);
    const int whole = list->sizeHint().height() + 8;
    scroll->setMinimumHeight(std::min(kMostListHeight, whole));
    scroll->setMaximumHeight(whole);
    return scroll;
}

QWidget *RecordDialog::makeLimits()
{
    auto *box = new QWidget(this);
    auto *form = new QFormLayout(box);
    form->setContentsMargins(0, 0, 0, 0);
    m_prompts = new QSpinBox(box);
    m_prompts->setObjectName(u"recordPrompts"_s);
    m_prompts->setRange(1, int(std::min<qint64>(std::numeric_limits<int>::max(),
                                                std::max<qint64>(1, m_subject.dataset.prompts()))));
    m_prompts->setGroupSeparatorShown(true);
    m_prompts->setValue(int(m_subject.mostPrompts.value_or(m_prompts->maximum())));
    m_atATime = new QSpinBox(box);
    m_atATime->setObjectName(u"recordAtATime"_s);
    m_atATime->setRange(1, kMostAtATime);
    m_atATime->setValue(8);
    m_cap = new QDoubleSpinBox(box);
    m_cap->setObjectName(u"recordCap"_s);
    m_cap->setPrefix(u"$"_s);
    m_cap->setDecimals(4);
    m_cap->setRange(0, kMostCap);
    m_cap->setToolTip(tr("A call that could pass the cap is not sent: the recording then stops, "
                         "and can be resumed."));
    form->addRow(tr("&Prompts at most"), m_prompts);
    form->addRow(tr("Calls at a &time"), m_atATime);
    form->addRow(tr("&Cap on spending"), m_cap);
    connect(m_prompts, &QSpinBox::valueChanged, this, &RecordDialog::estimateSoon);
    connect(m_atATime, &QSpinBox::valueChanged, this, &RecordDialog::estimateSoon);
    connect(m_cap, &QDoubleSpinBox::valueChanged, this, [this] {
        m_capChosen = true;
        refresh();
    });
    return box;
}

QStringList RecordDialog::chosenModels() const
{
    QStringList names;
    for (qsizetype i = 0; i < m_models.size(); ++i) {
        if (m_models[i]->isChecked())
            names.append(m_subject.document.models[i].name);
    }
    return names;
}

void RecordDialog::estimateSoon()
{
    m_plan.reset();
    m_estimate.reset();
    m_wait.start();
    refresh();
}

void RecordDialog::refuse(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void RecordDialog::estimate()
{
    const QStringList names = chosenModels();
    if (names.isEmpty()) {
        m_calls->setText(tr("Nothing is asked yet."));
        m_cost->clear();
        m_notes->clear();
        refuse(m_models.isEmpty()
                   ? tr("The policy has no models yet. Add those to the drawing that are to be "
                        "recorded.")
                   : tr("Choose at least one model."));
        return;
    }
    auto plan = evaluation::planRecording(m_subject.document, names, m_subject.dataset);
    if (!plan) {
        refuse(plan.error().message);
        return;
    }
    plan->concurrency = m_atATime->value();
    if (m_prompts->value() < m_prompts->maximum())
        plan->mostPrompts = m_prompts->value();
    m_plan = std::move(*plan);
    m_calls->setText(tr("Estimating…"));
    m_stop.request_stop(); // the former one
    m_stop = std::stop_source();
    const auto estimating = m_worker.submit(
        [path = m_subject.storePath, plan = *m_plan, catalog = m_subject.catalog,
         usual = m_subject.usualTime, stop = m_stop.get_token()]() -> Result<RecordingEstimate> {
            const auto store = evaluation::DatasetStore::open(path);
            if (!store)
                return tl::unexpected(store.error());
            return evaluation::estimateRecording(
                **store, plan, catalog, QDateTime::currentDateTimeUtc().date(), usual, stop);
        });
    whenReady(estimating, this,
              [this, token = m_stop.get_token()](const Result<RecordingEstimate> &estimate) {
                  if (!token.stop_requested())
                      showEstimate(estimate);
              });
}

QString RecordDialog::estimateText(const RecordingEstimate &estimate) const
{
    if (estimate.calls == 0)
        return estimate.reused > 0 ? tr("Costs nothing: no model is asked.")
                                   : tr("Everything is answered and graded already.");
    return estimate.likely
               ? tr("Likely %1, by the answers that are there; from %2 to at most %3.")
                     .arg(orUnknown(estimate.likely), formatMoney(estimate.least),
                          formatMoney(estimate.most))
               : tr("From %1 (the prompts alone) to at most %2 (every answer as long as "
                    "it may be).")
                     .arg(formatMoney(estimate.least), formatMoney(estimate.most));
}

void RecordDialog::showEstimate(const Result<RecordingEstimate> &estimate)
{
    if (!estimate) {
        m_plan.reset();
        m_calls->clear();
        refuse(estimate.error().message);
        refresh();
        return;
    }
    m_estimate = *estimate;
    QString calls = tr("%n calls", nullptr, int(estimate->calls));
    if (estimate->duration && estimate->calls > 0)
        calls =
            tr("%1, about %2", "calls, duration").arg(calls, formatDuration(*estimate->duration));
    m_calls->setText(calls);
    m_cost->setText(estimateText(*estimate));
    QStringList notes;
    if (estimate->reused > 0)
        notes.append(tr("%n answers are there already and are only graded.", nullptr,
                        int(estimate->reused)));
    if (estimate->verdicts > 0)
        notes.append(tr("A judge grades them: up to %n further calls, which the cap counts.",
                        nullptr, int(estimate->verdicts)));
    if (m_subject.dataset.grader.empty())
        notes.append(tr("The data set has no grader yet: answers are kept without a quality. "
                        "Choose one under “Grading…” in the menu of the data set, and they are "
                        "graded."));
    if (m_subject.isSimulated)
        notes.append(tr("The models are simulated: their prices are invented and nothing is really "
                        "spent."));
    if (!estimate->unpriced.isEmpty())
        notes.append(tr("No price is known of %1; under a cap they are left out.")
                         .arg(estimate->unpriced.join(", "_L1)));
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
    refuse({});
    if (!m_capChosen) {
        const QSignalBlocker quiet(m_cap);
        m_cap->setValue(estimate->likely
                            ? std::min(estimate->most.toUsd(), 2 * estimate->likely->toUsd() + 0.01)
                            : std::min(1.0, estimate->most.toUsd()));
    }
    refresh();
    // Lines came, and no field may be squeezed for them.
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
}

void RecordDialog::refresh()
{
    const bool something = m_estimate && m_estimate->calls + m_estimate->reused > 0;
    const bool costs = m_estimate && m_estimate->calls + m_estimate->verdicts > 0;
    const bool wantsCap = costs && m_cap->value() <= 0;
    m_cap->setEnabled(!m_estimate || costs);
    m_record->setText(something && !costs ? tr("Grade") : tr("Record"));
    m_record->setEnabled(m_plan && something && !wantsCap);
    m_record->setToolTip(wantsCap ? tr("Set a cap: nothing is spent without one.") : QString());
}

void RecordDialog::record()
{
    if (!m_plan || !m_estimate)
        return;
    m_plan->cap = Money::fromUsd(m_cap->value()).value_or(Money());
    Q_EMIT recordRequested(*m_plan, m_estimate->calls + m_estimate->reused);
    accept();
}

} // namespace headgate::ui
