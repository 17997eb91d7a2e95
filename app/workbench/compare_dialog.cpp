#include "app/workbench/compare_dialog.h"

#include "ui/common/style_sheet.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

constexpr QSize kSize(560, 420);

QString headingOf(policy::Difference::Part part)
{
    switch (part) {
    case policy::Difference::Part::Node:
        return CompareDialog::tr("Nodes");
    case policy::Difference::Part::Wire:
        return CompareDialog::tr("Wires");
    case policy::Difference::Part::Model:
        return CompareDialog::tr("Models");
    case policy::Difference::Part::Setting:
        return CompareDialog::tr("Policy");
    }
    Q_UNREACHABLE();
}

} // namespace

CompareDialog::CompareDialog(const QString &intro, const QList<policy::Difference> &differences,
                             QWidget *parent)
    : QDialog(parent)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Close, this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(u"compareDialog"_s);
    setWindowTitle(tr("Compare"));
    resize(kSize);
    auto *text = new QLabel(intro, this);
    text->setTextFormat(Qt::PlainText);
    text->setWordWrap(true);
    auto *list = new QTreeWidget(this);
    list->setAccessibleName(tr("Differences"));
    list->setHeaderHidden(true);
    list->setRootIsDecorated(false);
    list->setSelectionMode(QAbstractItemView::SingleSelection);
    list->setTextElideMode(Qt::ElideNone);
    list->setWordWrap(true);
    list->setStyleSheet(u"QTreeView::item { padding: 4px; }"_s);
    QTreeWidgetItem *group = nullptr;
    std::optional<policy::Difference::Part> part;
    for (const policy::Difference &difference : differences) {
        if (difference.part != part) {
            part = difference.part;
            group = new QTreeWidgetItem(list, {headingOf(*part)});
            QFont heavy = list->font();
            heavy.setWeight(QFont::DemiBold);
            group->setFont(0, heavy);
            group->setFlags(Qt::ItemIsEnabled);
        }
        auto *row = new QTreeWidgetItem(group, {difference.text});
        row->setToolTip(0, difference.text);
    }
    if (differences.isEmpty())
        new QTreeWidgetItem(list, {tr("Nothing differs.")});
    list->expandAll();
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(text);
    auto *frame = new QFrame(this);
    ui::setRole(frame, ui::Role::Card);
    auto *inside = new QVBoxLayout(frame);
    inside->setContentsMargins(4, 4, 4, 4);
    inside->addWidget(list);
    layout->addWidget(frame, 1);
    layout->addWidget(m_buttons);
}

void CompareDialog::addChoice(const QString &text, std::function<void()> act)
{
    QPushButton *button = m_buttons->addButton(text, QDialogButtonBox::ActionRole);
    connect(button, &QPushButton::clicked, this, [this, act = std::move(act)] {
        close();
        act();
    });
}

} // namespace headgate::workbench
