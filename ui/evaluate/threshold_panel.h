#pragma once

#include <QWidget>

#include <vector>

class QDoubleSpinBox;
class QLabel;
class QSlider;
class QVBoxLayout;

namespace headgate::ui {

// The thresholds of a cascade, each with a slider and the number.
class ThresholdPanel final : public QWidget
{
    Q_OBJECT
public:
    struct Gate
    {
        QString name;         // of the model that it judges
        double threshold = 0; // in [0, 1]
        double escalates = 0; // share of its queries

        bool operator==(const Gate &) const = default;
    };

    explicit ThresholdPanel(QWidget *parent = nullptr);

    void setGates(const QList<Gate> &gates);

Q_SIGNALS:
    void thresholdChanged(int gate, double threshold); // by the user

private:
    struct Row
    {
        QWidget *line = nullptr;
        QLabel *name = nullptr;
        QSlider *slider = nullptr;
        QDoubleSpinBox *number = nullptr;
        QLabel *escalates = nullptr;
    };
    Row makeRow(int gate);

    QVBoxLayout *m_layout = nullptr;
    std::vector<Row> m_rows;
};

} // namespace headgate::ui
