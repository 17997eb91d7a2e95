#include "ui/evaluate/dataset_bar.h"

#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kNameWidth = 200; // of its text
constexpr int kNarrowNameWidth = 140;

QLabel *countLabel(const QString &name, Role role, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    setRole(label, role);
    label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return label;
}

} // namespace

DatasetBar::DatasetBar(QWidget *parent)
    : QWidget(parent)
    , m_menu(new DatasetMenu(this))
    , m_name(new QPushButton(this))
    , m_counts(countLabel(u"parts"_s, Role::Secondary, this))
    , m_parts(countLabel(u"partCounts"_s, Role::Faint, this))
    , m_record(new QPushButton(tr("Record…"), this))
{
    setRole(this, Role::ToolBar);
    setFixedHeight(Theme::kToolBarHeight);
    m_name->setObjectName(u"dataset"_s);
    m_name->setMenu(m_menu);
    m_record->setObjectName(u"record"_s);
    setReasonAgainstRecording(tr("There is nothing to record yet."));
    auto *counts = new QVBoxLayout;
    counts->setSpacing(0);
    counts->addStretch();
    counts->addWidget(m_counts);
    counts->addWidget(m_parts);
    counts->addStretch();
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(m_name);
    row->addLayout(counts, 1);
    row->addWidget(m_record);
    connect(m_record, &QPushButton::clicked, this, &DatasetBar::recordRequested);
}

void DatasetBar::setName(const QString &name)
{
    m_fullName = name;
    showName();
}

void DatasetBar::showName()
{
    const QString shown = m_name->fontMetrics().elidedText(
        m_fullName, Qt::ElideMiddle, m_narrow ? kNarrowNameWidth : kNameWidth);
    m_name->setText(QString(shown).replace(u'&', "&&"_L1));
    m_name->setAccessibleName(tr("Data set: %1").arg(m_fullName));
    m_name->setToolTip(tr("%1\nChoose another data set or file").arg(m_fullName));
}

void DatasetBar::setCounts(const QString &prompts, const QString &parts, const QString &sentence)
{
    m_counts->setText(prompts);
    m_parts->setText(parts);
    m_counts->setToolTip(sentence);
    m_parts->setToolTip(sentence);
}

void DatasetBar::setReasonAgainstRecording(const QString &reason)
{
    m_record->setEnabled(reason.isEmpty());
    m_record->setToolTip(reason.isEmpty()
                             ? tr("Ask models the prompts, grade their answers and keep them")
                             : reason);
}

void DatasetBar::setNarrow(bool narrow)
{
    m_narrow = narrow;
    m_counts->setVisible(!narrow);
    m_parts->setVisible(!narrow);
    showName();
}

} // namespace headgate::ui
