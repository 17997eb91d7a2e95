#pragma once

#include <QWidget>

class QTableView;

namespace headgate::evaluation {
class DatasetThread;
struct DatasetSummary;
} // namespace headgate::evaluation

namespace headgate::ui {

class PromptsModel;

// The prompts of a data set on which nothing was recorded yet.
class PromptsPanel final : public QWidget
{
    Q_OBJECT
public:
    explicit PromptsPanel(QWidget *parent = nullptr);

    void showDataset(evaluation::DatasetThread &datasets,
                     const evaluation::DatasetSummary &dataset);
    void setNarrow(bool narrow); // prompts and their parts alone

Q_SIGNALS:
    void failed(const QString &sentence);

private:
    PromptsModel *m_model = nullptr;
    QTableView *m_table = nullptr;
};

} // namespace headgate::ui
