#include "ui/editor/node_search_popup.h"

#include "ui/common/theme.h"

#include <QLineEdit>
#include <QListView>

using namespace Qt::StringLiterals;

namespace headgate::ui {

NodeSearchPopup::NodeSearchPopup(const Theme &theme, QWidget *parent)
    : SearchPopup(parent)
    , m_filter(new PaletteFilter(this))
{
    m_filter->setSourceModel(new PaletteModel(theme, PaletteModel::Shape::Flat, this));
    m_filter->sort(0);
    setObjectName(u"nodeSearch"_s);
    setAccessibleName(tr("Add a node"));
    text().setObjectName(u"nodeSearchText"_s);
    text().setAccessibleName(tr("Search nodes"));
    list().setModel(m_filter);
    list().setObjectName(u"nodeSearchList"_s);
    list().setAccessibleName(tr("Kinds of nodes"));
}

void NodeSearchPopup::setUsage(const KindUsage &usage)
{
    m_filter->setUsage(&usage);
}

void NodeSearchPopup::openAt(QPoint globalPlace, const QString &prompt,
                             PaletteFilter::Accept accept)
{
    text().setPlaceholderText(prompt);
    m_filter->setAccept(std::move(accept));
    m_filter->invalidate(); // what was used last may have changed
    showAt(globalPlace, {240, 300});
}

void NodeSearchPopup::search(const QString &text)
{
    m_filter->setSearch(text);
}

void NodeSearchPopup::take(const QModelIndex &row)
{
    const QString kind = row.data(PaletteModel::KindRole).toString();
    if (kind.isEmpty())
        return;
    hide();
    Q_EMIT chosen(kind);
}

} // namespace headgate::ui
