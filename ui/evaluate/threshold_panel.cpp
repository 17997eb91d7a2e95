#include "ui/evaluate/threshold_panel.h"

#include "ui/common/number_format.h"
#include "ui/common/style_sheet.h"
#include "ui/common/tab_order.h"

#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kSliderSteps = 1'000;

} // namespace

ThresholdPanel::ThresholdPanel(QWidget *parent)
    : QWidget(parent)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(8);
}

ThresholdPanel::Row ThresholdPanel::makeRow(int gate)
{
    Row row;
    row.line = new QWidget(this);
    row.name = new QLabel(row.line);
    row.escalates = new QLabel(row.line);
    setRole(row.escalates, Role::Faint);
    row.slider = new QSlider(Qt::Horizontal, row.line);
    row.slider->setObjectName(u"threshold%1"_s.arg(gate));
    row.slider->setRange(0, kSliderSteps);
    row.slider->setPageStep(kSliderSteps / 20);
    row.number = new QDoubleSpinBox(row.line);
    row.number->setObjectName(u"thresholdNumber%1"_s.arg(gate));
    row.number->setRange(0, 1);
    row.number->setDecimals(4);
    row.number->setSingleStep(0.005);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(0, 0, 0, 0);
    head->addWidget(row.name, 1);
    head->addWidget(row.escalates);
    auto *values = new QHBoxLayout;
    values->setContentsMargins(0, 0, 0, 0);
    values->setSpacing(10);
    values->addWidget(row.slider, 1);
    values->addWidget(row.number);
    auto *layout = new QVBoxLayout(row.line);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addLayout(values);
    connect(row.slider, &QSlider::valueChanged, this, [this, gate](int value) {
        Q_EMIT thresholdChanged(gate, double(value) / kSliderSteps);
    });
    connect(row.number, &QDoubleSpinBox::valueChanged, this,
            [this, gate](double value) { Q_EMIT thresholdChanged(gate, value); });
    m_layout->addWidget(row.line);
    orderTabsSoon(this);
    return row;
}

void ThresholdPanel::setGates(const QList<Gate> &gates)
{
    while (m_rows.size() < size_t(gates.size()))
        m_rows.push_back(makeRow(int(m_rows.size())));
    for (size_t place = 0; place < m_rows.size(); ++place) {
        Row &row = m_rows[place];
        row.line->setVisible(place < size_t(gates.size()));
        if (place >= size_t(gates.size()))
            continue;
        const Gate &gate = gates[qsizetype(place)];
        const QSignalBlocker slider(row.slider);
        const QSignalBlocker number(row.number);
        row.name->setText(gate.name);
        row.line->setToolTip(
            tr("Answers of %1 that score at least this are accepted").arg(gate.name));
        row.escalates->setText(tr("%1 escalate").arg(formatPercent(gate.escalates, 0)));
        row.slider->setValue(int(std::lround(gate.threshold * kSliderSteps)));
        row.number->setValue(gate.threshold);
        row.slider->setAccessibleName(tr("Threshold of %1").arg(gate.name));
        row.number->setAccessibleName(tr("Threshold of %1, number").arg(gate.name));
    }
}

} // namespace headgate::ui
