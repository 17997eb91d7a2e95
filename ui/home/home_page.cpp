#include "ui/home/home_page.h"

#include "ui/common/card.h"
#include "ui/common/icons.h"
#include "ui/common/message_bar.h"
#include "ui/common/settings.h"
#include "ui/common/style_sheet.h"
#include "ui/common/tab_order.h"
#include "ui/common/theme.h"
#include "ui/home/examples.h"
#include "ui/home/learning_list.h"
#include "ui/home/recent_list.h"

#include <QFileInfo>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kPageWidth = 1080;
constexpr int kColumns = 2; // of templates
constexpr QSize kExampleSize(300, 180);

} // namespace

HomePage::HomePage(Theme &theme, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_settings(settings)
    , m_hint(new MessageBar(theme, this))
{
    setAccessibleName(tr("Home"));
    auto *content = new QWidget;
    content->setProperty("role", u"page"_s);
    content->setMaximumWidth(kPageWidth);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(24, 24, 24, 24);
    column->setSpacing(16);
    column->addWidget(makeStart());
    auto *row = new QHBoxLayout;
    row->setSpacing(16);
    row->addWidget(makeTemplates(), 3);
    auto *side = new QVBoxLayout;
    side->setSpacing(16);
    side->addWidget(makeRecent());
    side->addWidget(makeLearning());
    side->addWidget(makeProviders());
    side->addStretch();
    row->addLayout(side, 2);
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
    orderTabsSoon(this);
    refresh();
}

QWidget *HomePage::makeStart()
{
    auto *card = new Card({}, this);
    card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    auto *title = new QLabel(tr("Route queries, and see what it saves"), card);
    setRole(title, Role::Title);
    title->setWordWrap(true);
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
    auto *file = new QPushButton(tr("Open a file…"), card);
    file->setObjectName(u"openFile"_s);
    for (QPushButton *button : {open, file})
        button->setAccessibleName(button->text());
    connect(open, &QPushButton::clicked, this,
            [this] { Q_EMIT openPathRequested(workedExamplePath()); });
    connect(file, &QPushButton::clicked, this, &HomePage::openRequested);
    setFocusProxy(open);
    auto *actions = new QHBoxLayout;
    actions->setSpacing(8);
    actions->addWidget(open);
    actions->addWidget(file);
    actions->addStretch();
    auto *words = new QVBoxLayout;
    words->setSpacing(8);
    words->addStretch();
    words->addWidget(title);
    words->addWidget(text);
    words->addSpacing(8);
    words->addLayout(actions);
    words->addStretch();
    auto *row = new QHBoxLayout;
    row->setSpacing(24);
    row->addLayout(words, 1);
    if (const Example example = examples().value(0); !example.path.isEmpty()) {
        m_example = new TemplateTile(example.name, example.about, example.document, u"build"_s,
                                     m_theme, card);
        m_example->setObjectName(u"exampleTile"_s);
        m_example->setFixedSize(kExampleSize);
        connect(m_example, &TemplateTile::clicked, open, &QPushButton::click);
        m_tiles.append(m_example);
        row->addWidget(m_example);
    }
    card->body()->addLayout(row);
    return card;
}

Card *HomePage::makeTemplates()
{
    auto *card = new Card(tr("New policy"), this);
    card->setNote(tr("Each opens as a copy without a file."));
    auto *grid = new QGridLayout;
    grid->setSpacing(12);
    int number = 0;
    const auto add = [&](TemplateTile *tile) {
        grid->addWidget(tile, number / kColumns, number % kColumns);
        m_tiles.append(tile);
        ++number;
    };
    auto *empty =
        new TemplateTile(tr("Empty policy"), tr("A query and an answer; the rest is yours."), {},
                         u"add"_s, m_theme, card);
    empty->setObjectName(u"newPolicy"_s);
    connect(empty, &TemplateTile::clicked, this, &HomePage::newRequested);
    add(empty);
    for (const Example &example : examples()) {
        if (example.path == workedExamplePath()) // it stands above
            continue;
        auto *tile = new TemplateTile(example.name, example.about, example.document, u"build"_s,
                                      m_theme, card);
        tile->setObjectName(u"template"_s);
        connect(tile, &TemplateTile::clicked, this,
                [this, path = example.path] { Q_EMIT openPathRequested(path); });
        add(tile);
    }
    card->body()->addLayout(grid);
    card->body()->addStretch();
    return card;
}

Card *HomePage::makeRecent()
{
    m_recentCard = new Card(tr("Recent files"), this);
    m_recentCard->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_recent = new RecentList(m_theme, m_recentCard);
    m_recent->setObjectName(u"recent"_s);
    m_clearRecent = new QPushButton(tr("Clear"), m_recentCard);
    m_clearRecent->setObjectName(u"clearRecent"_s);
    m_clearRecent->setAccessibleName(tr("Clear the recent files"));
    m_clearRecent->setToolTip(tr("Take all but the pinned files off the list"));
    setRole(m_clearRecent, Role::Link);
    connect(m_clearRecent, &QPushButton::clicked, this, [this] {
        m_settings.clearRecentFiles();
        refresh();
    });
    connect(m_recent, &RecentList::activated, this, &HomePage::openPathRequested);
    connect(m_recent, &RecentList::pinToggled, this, [this](const QString &path, bool pinned) {
        m_settings.pinRecentFile(path, pinned);
        refresh();
    });
    connect(m_recent, &RecentList::removed, this, [this](const QString &path) {
        m_settings.removeRecentFile(path);
        refresh();
    });
    m_recentCard->header()->addWidget(m_clearRecent);
    m_recentCard->body()->addWidget(m_recent);
    return m_recentCard;
}

Card *HomePage::makeProviders()
{
    auto *card = new Card(tr("Who answers"), this);
    card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_providers = new QWidget(card);
    m_providers->setObjectName(u"providers"_s);
    auto *rows = new QVBoxLayout(m_providers);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(4);
    card->body()->addWidget(m_providers);
    auto *setUp = new QPushButton(tr("Set up providers…"), card);
    setUp->setObjectName(u"setUpProviders"_s);
    setUp->setAccessibleName(setUp->text());
    setRole(setUp, Role::Link);
    card->header()->addWidget(setUp);
    connect(setUp, &QPushButton::clicked, this, &HomePage::providersRequested);
    return card;
}

void HomePage::setProviders(const QList<ProviderLine> &providers)
{
    qDeleteAll(m_providers->findChildren<QLabel *>());
    for (const ProviderLine &provider : providers) {
        auto *line = new QLabel(
            tr("%1: %2", "provider, its state").arg(provider.name, provider.state), m_providers);
        line->setTextFormat(Qt::PlainText);
        line->setWordWrap(true);
        setRole(line, Role::Secondary);
        m_providers->layout()->addWidget(line);
    }
}

void HomePage::setPictureSource(const PictureSource &source)
{
    for (TemplateTile *tile : m_tiles)
        tile->setPictureSource(source);
}

Card *HomePage::makeLearning()
{
    auto *card = new Card(tr("First steps"), this);
    card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_learning = new LearningList(m_theme, card);
    card->body()->addWidget(m_learning);
    return card;
}

void HomePage::showHint()
{
    if (m_settings.get(settings::kProviderHintDismissed))
        return;
    m_hint->showMessage(MessageBar::Level::Information,
                        tr("The models here are simulated. To ask real ones, set up a provider "
                           "with your key, or a server on this machine."),
                        tr("Set up providers…"), [this] { Q_EMIT providersRequested(); });
    connect(m_hint, &MessageBar::dismissed, this,
            [this] { m_settings.set(settings::kProviderHintDismissed, true); });
}

void HomePage::refresh()
{
    const QStringList pinned = m_settings.get(settings::kPinnedFiles);
    QList<RecentList::Entry> entries;
    for (const QString &path : m_settings.get(settings::kRecentFiles)) {
        const QFileInfo file(path);
        entries.append(
            {path, file.exists() ? file.lastModified() : QDateTime(), pinned.contains(path)});
    }
    std::stable_partition(entries.begin(), entries.end(),
                          [](const RecentList::Entry &entry) { return entry.pinned; });
    m_recent->setEntries(entries);
    m_recentCard->setVisible(!entries.isEmpty());
    m_clearRecent->setVisible(std::any_of(entries.cbegin(), entries.cend(),
                                          [](const auto &entry) { return !entry.pinned; }));
    m_learning->setDone(m_settings.get(settings::kLearned));
}

} // namespace headgate::ui
