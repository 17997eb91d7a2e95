#include "ui/evaluate/dataset_menu.h"

#include "ui/common/number_format.h"

using namespace Qt::StringLiterals;

namespace headgate::ui {

DatasetMenu::DatasetMenu(QWidget *parent)
    : QMenu(parent)
{
    setObjectName(u"datasetMenu"_s);
    setAccessibleName(tr("Data sets"));
    setToolTipsVisible(true);
    fill();
}

void DatasetMenu::setCanImport(bool can)
{
    m_canImport = can;
    fill();
}

void DatasetMenu::setHasRuns(bool has)
{
    m_hasRuns = has;
    fill();
}

void DatasetMenu::setDatasets(const QList<evaluation::DatasetSummary> &datasets)
{
    m_datasets = datasets;
    fill();
}

void DatasetMenu::setCurrent(const std::optional<evaluation::DatasetId> &current)
{
    m_current = current;
    fill();
}

void DatasetMenu::fill()
{
    clear();
    for (const evaluation::DatasetSummary &each : std::as_const(m_datasets)) {
        // An ampersand of a name is no mnemonic.
        QAction *action = addAction(QString(each.name).replace(u'&', "&&"_L1));
        action->setObjectName(u"dataset-%1"_s.arg(qint64(each.id)));
        action->setCheckable(true);
        action->setChecked(m_current == each.id);
        action->setToolTip(tr("%1 prompts, from %2").arg(formatCount(each.prompts()), each.source));
        connect(action, &QAction::triggered, this,
                [this, id = each.id] { Q_EMIT datasetChosen(id); });
    }
    if (!m_datasets.isEmpty())
        addSeparator();
    add(u"openOutcomeFile"_s, tr("&Open outcome file…"), &DatasetMenu::fileRequested);
    if (m_canImport)
        add(u"importFile"_s, tr("&Import prompts…"), &DatasetMenu::importRequested);
    if (m_canImport && m_hasRuns)
        add(u"importRuns"_s, tr("From &past runs…"), &DatasetMenu::runsRequested);
    if (!m_current)
        return;
    addSeparator();
    add(u"gradeDataset"_s, tr("&Grading…"), &DatasetMenu::gradingRequested);
    add(u"renameDataset"_s, tr("Re&name…"), &DatasetMenu::renameRequested);
    add(u"removeDataset"_s, tr("Remo&ve…"), &DatasetMenu::removeRequested);
}

void DatasetMenu::add(const QString &name, const QString &text, void (DatasetMenu::*signal)())
{
    QAction *action = addAction(text);
    action->setObjectName(name);
    connect(action, &QAction::triggered, this, signal);
}

} // namespace headgate::ui
