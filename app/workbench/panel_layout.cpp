#include "app/workbench/panel_layout.h"

#include <QSplitter>

namespace headgate::workbench {

PanelLayout::PanelLayout(QWidget &page, const QStringList &panels)
    : QObject(&page)
    , m_page(page)
    , m_panels(panels)
{
    for (QSplitter *splitter : page.findChildren<QSplitter *>()) {
        if (splitter->objectName().isEmpty())
            continue;
        m_splitters.append(splitter);
        connect(splitter, &QSplitter::splitterMoved, this, &PanelLayout::changed);
    }
    m_default = save();
}

QWidget *PanelLayout::panel(const QString &name) const
{
    return m_page.findChild<QWidget *>(name);
}

QByteArray PanelLayout::save() const
{
    QMap<QString, QByteArray> sizes;
    for (const QSplitter *splitter : m_splitters)
        sizes.insert(splitter->objectName(), splitter->saveState());
    QStringList folded;
    for (const QString &name : m_panels) {
        if (!isShown(name))
            folded.append(name);
    }
    QByteArray saved;
    QDataStream stream(&saved, QIODevice::WriteOnly);
    stream << sizes << folded;
    return saved;
}

void PanelLayout::restore(const QByteArray &saved)
{
    QMap<QString, QByteArray> sizes;
    QStringList folded;
    QDataStream stream(saved);
    stream >> sizes >> folded;
    if (stream.status() != QDataStream::Ok)
        return;
    for (QSplitter *splitter : m_splitters)
        splitter->restoreState(sizes.value(splitter->objectName()));
    for (const QString &name : m_panels) {
        if (QWidget *found = panel(name))
            found->setVisible(!folded.contains(name));
    }
}

void PanelLayout::reset()
{
    restore(m_default);
    Q_EMIT changed();
}

void PanelLayout::setShown(const QString &name, bool shown)
{
    QWidget *found = panel(name);
    if (!found || isShown(name) == shown)
        return;
    found->setVisible(shown);
    Q_EMIT changed();
}

bool PanelLayout::isShown(const QString &name) const
{
    const QWidget *found = panel(name);
    return found && !found->isHidden();
}

} // namespace headgate::workbench
