#include "ui/home/home_page.h"

#include "ui/common/card.h"
#include "ui/common/icons.h"
#include "ui/common/message_bar.h"
#include "ui/common/settings.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/home/examples.h"
#include "ui/home/learning_list.h"
#include "ui/home/link_list.h"

#include <QDir>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kColumnWidth = 880;

}

HomePage::HomePage(Theme &theme, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(settings)
    , m_hint(new MessageBar(theme, this))
{
    setAccessibleName(tr("Home"));
    auto *content = new QWidget;
    content->setProperty("role", u"page"_s);
    content->setMaximumWidth(kColumnWidth);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(16);
    column->addWidget(makeStart());
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(makeExamples(), 1);
    auto *side = new QVBoxLayout;
    side->setSpacing(16);
    side->addWidget(makeRecent());
    side->addWidget(makeLearning());
    side->addStretch();
    row->addLayout(side, 1);
    column->addLayout(row);
    column->addStretch();

    auto *scroll = new QScrollArea(this);
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setAlignment(Qt::AlignHCenter);
    scroll->setFocusPolicy(Qt::NoFocus);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_hint);
    layout->addWidget(scroll, 1);
    showHint();
    refresh();
}

QWidget *HomePage::makeStart()
{
    auto *card = new Card({}, this);
    card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *title = new QLabel(tr("Route queries, and see what it saves"), card);
    setRole(title, Role::Title);
    auto *text = new QLabel(
        tr("The worked example asks a small model first and escalates only what its answer is "
           "not sure of. It runs on a simulated fleet in this process: no key, no network, no "
           "cost."),
        card);
    setRole(text, Role::Secondary);
    text->setWordWrap(true);
    auto *open = new QPushButton(tr("Open the worked example"), card);
    setRole(open, Role::Primary);
    open->setObjectName(u"openExample"_s);
    auto *fresh = new QPushButton(tr("New policy"), card);
    fresh->setObjectName(u"newPolicy"_s);
    auto *file = new QPushButton(tr("Open a file…"), card);
    file->setObjectName(u"openFile"_s);
    for (QPushButton *button : {open, fresh, file})
        button->setAccessibleName(button->text());
    connect(open, &QPushButton::clicked, this,
            [this] { Q_EMIT openPathRequested(workedExamplePath()); });
    connect(fresh, &QPushButton::clicked, this, &HomePage::newRequested);
    connect(file, &QPushButton::clicked, this, &HomePage::openRequested);
    setFocusProxy(open);
    auto *actions = new QHBoxLayout;
    actions->setSpacing(8);
    actions->addWidget(open);
    actions->addWidget(fresh);
    actions->addWidget(file);
    actions->addStretch();
    card->body()->addWidget(title);
    card->body()->addWidget(text);
    card->body()->addSpacing(8);
    card->body()->addLayout(actions);
    return card;
}

Card *HomePage::makeExamples()
{
    auto *card = new Card(tr("Examples"), this);
    auto *list = new LinkList(m_theme, card);
    list->setObjectName(u"examples"_s);
    QList<LinkList::Link> links;
    for (const Example &example : examples())
        links.append({u"build"_s, example.name, example.about, example.path});
    list->setLinks(links);
    connect(list, &LinkList::activated, this, &HomePage::openPathRequested);
    card->body()->addWidget(list);
    card->body()->addStretch();
    return card;
}

Card *HomePage::makeRecent()
{
    m_recentCard = new Card(tr("Recent files"), this);
    m_recent = new LinkList(m_theme, m_recentCard);
    m_recent->setObjectName(u"recent"_s);
    connect(m_recent, &LinkList::activated, this, &HomePage::openPathRequested);
    m_recentCard->body()->addWidget(m_recent);
    return m_recentCard;
}

Card *HomePage::makeLearning()
{
    auto *card = new Card(tr("First steps"), this);
    m_learning = new LearningList(m_theme, card);
    card->body()->addWidget(m_learning);
    return card;
}

void HomePage::showHint()
{
    if (m_settings.get(settings::kProviderHintDismissed))
        return;
    m_hint->showMessage(MessageBar::Level::Information,
                        tr("To ask real models or a local server: put the key into an environment "
                           "variable and start with --providers FILE.json, which names base URL "
                           "and variable."));
    connect(m_hint, &MessageBar::dismissed, this,
            [this] { m_settings.set(settings::kProviderHintDismissed, true); });
}

void HomePage::refresh()
{
    QList<LinkList::Link> links;
    for (const QString &path : m_settings.get(settings::kRecentFiles)) {
        const QFileInfo file(path);
        if (!file.exists() || links.size() == 5)
            continue;
        const QString folder = QDir::toNativeSeparators(file.absolutePath());
        links.append({u"document"_s, file.fileName(), folder, path});
    }
    m_recent->setLinks(links);
    m_recentCard->setVisible(!links.isEmpty());
    m_learning->setDone(m_settings.get(settings::kLearned));
}

} // namespace headgate::ui
