#include "ui/settings/keys_sheet.h"

#include "ui/common/style_sheet.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kColumns = 3;
constexpr qsizetype kTitleHeight = 2; // of a group's title and gap, in lines

} // namespace

KeysSheet::KeysSheet(const QString &title, const QList<KeyGroup> &groups, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"keysSheet"_s);
    setWindowTitle(title);
    setAccessibleName(title);
    auto *area = new QScrollArea;
    area->setObjectName(u"keysArea"_s);
    area->setAccessibleName(title);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setFocusPolicy(Qt::StrongFocus);
    area->setWidget(makeColumns(groups));
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton *change = buttons->addButton(tr("Change the keys…"), QDialogButtonBox::ActionRole);
    change->setObjectName(u"changeKeys"_s);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 12);
    layout->addWidget(area, 1);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(change, &QPushButton::clicked, this, &KeysSheet::changeRequested);
    const QSize wanted = area->widget()->sizeHint() + QSize(40, 80);
    const QSize room = parent ? parent->window()->size() - QSize(48, 48) : QSize(1024, 640);
    resize(wanted.boundedTo(room));
}

QWidget *KeysSheet::makeColumns(const QList<KeyGroup> &groups) const
{
    qsizetype lines = 0;
    for (const KeyGroup &group : groups)
        lines += group.lines.size() + kTitleHeight;
    auto *page = new QWidget;
    setRole(page, Role::Panel);
    auto *columns = new QHBoxLayout(page);
    columns->setContentsMargins(16, 12, 16, 12);
    columns->setSpacing(32);
    QVBoxLayout *column = nullptr;
    qsizetype filled = 0;
    for (const KeyGroup &group : groups) {
        const bool full = filled * kColumns >= lines * columns->count();
        if (!column || (full && columns->count() < kColumns)) {
            if (column)
                column->addStretch();
            column = new QVBoxLayout;
            column->setSpacing(16);
            columns->addLayout(column);
        }
        column->addWidget(makeGroup(group));
        filled += group.lines.size() + kTitleHeight;
    }
    if (column)
        column->addStretch();
    return page;
}

QWidget *KeysSheet::makeGroup(const KeyGroup &group) const
{
    auto *box = new QWidget;
    box->setAccessibleName(group.title);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(3);
    auto *title = new QLabel(group.title);
    setRole(title, Role::Section);
    grid->addWidget(title, 0, 0, 1, 2);
    int row = 1;
    for (const KeyGroup::Line &line : group.lines) {
        auto *effect = new QLabel(line.effect);
        auto *keys = new QLabel(line.keys);
        setRole(keys, Role::Secondary);
        // Read as one.
        effect->setAccessibleName(tr("%1: %2", "what it does, keys").arg(line.effect, line.keys));
        grid->addWidget(effect, row, 0);
        grid->addWidget(keys, row, 1, Qt::AlignRight);
        ++row;
    }
    grid->setColumnStretch(0, 1);
    return box;
}

} // namespace headgate::ui
