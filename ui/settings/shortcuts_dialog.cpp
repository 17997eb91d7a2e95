#include "ui/settings/shortcuts_dialog.h"

#include "ui/common/shortcuts.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/settings/key_field.h"
#include "ui/settings/shortcuts_model.h"

#include <QAccessible>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStyle>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

ShortcutsDialog::ShortcutsDialog(Shortcuts &shortcuts, QWidget *parent)
    : QDialog(parent)
    , m_shortcuts(shortcuts)
    , m_filter(new QSortFilterProxyModel(this))
    , m_search(new QLineEdit)
    , m_table(new QTableView)
    , m_label(new QLabel)
    , m_keys(new KeyField)
    , m_reset(new QPushButton(tr("Default")))
    , m_sentence(new QLabel)
{
    setObjectName(u"shortcutsDialog"_s);
    setWindowTitle(tr("Shortcuts"));
    setAccessibleName(tr("Shortcuts"));
    m_search->setObjectName(u"shortcutSearch"_s);
    m_search->setAccessibleName(tr("Search shortcuts"));
    m_search->setPlaceholderText(tr("Search by action, menu or keys"));
    m_search->setClearButtonEnabled(true);
    m_filter->setSourceModel(new ShortcutsModel(shortcuts, this));
    m_filter->setFilterKeyColumn(-1);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_table->setObjectName(u"shortcutTable"_s);
    m_table->setAccessibleName(tr("Shortcuts"));
    m_table->setModel(m_filter);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(Theme::kTableRowHeight);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(ShortcutsModel::ActionColumn,
                                                      QHeaderView::Stretch);
    m_table->setColumnWidth(ShortcutsModel::SectionColumn, 96);
    m_table->setColumnWidth(ShortcutsModel::KeysColumn, 176);
    layOut();
    resize(600, 560);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setFilterFixedString(text);
        m_table->selectRow(0);
        showCurrent();
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            &ShortcutsDialog::showCurrent);
    connect(m_table, &QTableView::activated, m_keys, qOverload<>(&QWidget::setFocus));
    connect(m_keys, &KeyField::taken, this, &ShortcutsDialog::take);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        m_shortcuts.reset(currentId());
        showCurrent();
    });
    m_table->selectRow(0);
    showCurrent();
}

QWidget *ShortcutsDialog::makeEditor()
{
    m_keys->setObjectName(u"shortcutKeys"_s);
    m_label->setBuddy(m_keys);
    m_reset->setObjectName(u"shortcutReset"_s);
    m_sentence->setObjectName(u"shortcutSentence"_s);
    m_sentence->setWordWrap(true);
    m_sentence->setMinimumHeight(34); // two lines: nothing moves when it has something to say
    m_sentence->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    auto *editor = new QWidget;
    auto *layout = new QGridLayout(editor);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(8);
    layout->addWidget(m_label, 0, 0, 1, 2);
    layout->addWidget(m_keys, 1, 0);
    layout->addWidget(m_reset, 1, 1);
    layout->addWidget(m_sentence, 2, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    return editor;
}

void ShortcutsDialog::layOut()
{
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    QPushButton *all = buttons->addButton(tr("All to default"), QDialogButtonBox::ResetRole);
    all->setObjectName(u"shortcutResetAll"_s);
    for (QAbstractButton *button : buttons->buttons())
        static_cast<QPushButton *>(button)->setAutoDefault(false);
    m_reset->setAutoDefault(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 12);
    layout->setSpacing(12);
    layout->addWidget(m_search);
    layout->addWidget(m_table, 1);
    layout->addWidget(makeEditor());
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(all, &QPushButton::clicked, this, [this] {
        m_shortcuts.resetAll();
        showCurrent();
    });
}

QString ShortcutsDialog::currentId() const
{
    return m_table->currentIndex().data(ShortcutsModel::IdRole).toString();
}

void ShortcutsDialog::showCurrent()
{
    const QModelIndex current = m_table->currentIndex();
    const QString id = currentId();
    const QString action = current.siblingAtColumn(ShortcutsModel::ActionColumn).data().toString();
    m_label->setText(id.isEmpty() ? tr("No action is chosen") : tr("Keys for “%1”").arg(action));
    m_keys->setAccessibleName(m_label->text());
    m_keys->setEnabled(!id.isEmpty());
    m_keys->setKeys(m_shortcuts.keys(id).value(0));
    m_reset->setEnabled(m_shortcuts.isChanged(id));
    m_reset->setAccessibleName(tr("Default keys for “%1”").arg(action));
    say(tr("Go to the field and press the new keys; Backspace takes them away."), false);
}

void ShortcutsDialog::take(const QKeySequence &keys)
{
    const QString id = currentId();
    if (const auto other = m_shortcuts.conflict(id, keys); other && !keys.isEmpty()) {
        say(tr("%1 belongs to “%2” already; give that other keys first, or choose others here.")
                .arg(keys.toString(QKeySequence::NativeText), other->text),
            true);
        return;
    }
    // Further keys of an action (Ctrl+Y beside Ctrl+Shift+Z) stay.
    QList<QKeySequence> all = m_shortcuts.keys(id);
    if (!all.isEmpty())
        all.removeFirst();
    all.removeAll(keys);
    if (!keys.isEmpty())
        all.prepend(keys);
    m_shortcuts.setKeys(id, all);
    showCurrent();
    say(keys.isEmpty() ? tr("The action has no keys now.") : tr("Changed."), false);
}

void ShortcutsDialog::say(const QString &sentence, bool refused)
{
    m_sentence->setText(sentence);
    setRole(m_sentence, refused ? Role::ErrorText : Role::Secondary);
    m_keys->setProperty("invalid", refused);
    m_keys->style()->unpolish(m_keys);
    m_keys->style()->polish(m_keys);
    m_keys->setAccessibleDescription(sentence);
    QAccessibleEvent told(m_sentence, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

} // namespace headgate::ui
