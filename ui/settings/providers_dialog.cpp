#include "ui/settings/providers_dialog.h"

#include "core/catalog/model_catalog.h"
#include "core/providers/local_discovery.h"
#include "core/providers/provider_presets.h"
#include "ui/common/empty_state.h"
#include "ui/common/message_bar.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"
#include "ui/settings/connection_panel.h"
#include "ui/settings/offered_models_model.h"
#include "ui/settings/provider_form.h"

#include <QDialogButtonBox>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace headgate::ui {

using providers::Endpoint;
using providers::ProviderPreset;

namespace {

constexpr QSize kSize(860, 600);
constexpr int kListWidth = 220;
constexpr int kScrollGap = 12; // between the fields and the scroll bar

// Has its clock to itself, so that it may end after the dialog has gone.
QCoro::Task<QList<providers::LocalServer>> findLocalServers()
{
    SystemClock clock;
    providers::LocalDiscovery discovery(clock);
    auto finding = discovery.find({});
    QList<providers::LocalServer> servers = co_await finding;
    co_return servers;
}

// The keyring is the better place; a variable that is set already says that it is meant.
Endpoint startOf(const ProviderPreset &preset)
{
    Endpoint endpoint = preset.endpoint;
    if (!endpoint.keyVariable.isEmpty() && !keyFromEnvironment(endpoint.keyVariable)) {
        endpoint.keyVariable.clear();
        endpoint.keyInKeyring = true;
    }
    return endpoint;
}

ProviderPreset ownServer()
{
    ProviderPreset preset;
    preset.id = u"my-server"_s;
    preset.endpoint.name = preset.id;
    preset.endpoint.baseUrl = QUrl(u"http://127.0.0.1:8000/v1"_s);
    return preset;
}

} // namespace

ProvidersDialog::ProvidersDialog(const Theme &theme, ConfiguredProviders &providers,
                                 const catalog::ModelCatalog &catalog, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_providers(providers)
    , m_catalog(catalog)
    , m_message(new MessageBar(theme))
    , m_form(new ProviderForm)
    , m_connection(new ConnectionPanel(theme))
{
    setObjectName(u"providersDialog"_s);
    setWindowTitle(tr("Providers"));
    setAccessibleName(tr("Providers"));
    resize(kSize);
    m_message->setObjectName(u"providersMessage"_s);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setAccessibleName(tr("Close the providers"));
    auto *columns = new QHBoxLayout;
    columns->setSpacing(20);
    columns->addWidget(makeList());
    columns->addWidget(makePage(), 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(m_message);
    layout->addLayout(columns, 1);
    layout->addWidget(buttons);

    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentRowChanged, this, &ProvidersDialog::showCurrent);
    connect(m_remove, &QPushButton::clicked, this, &ProvidersDialog::removeCurrent);
    connect(m_form, &ProviderForm::edited, this, &ProvidersDialog::take);
    connect(m_form, &ProviderForm::keyEntered, this, &ProvidersDialog::keepKey);
    connect(m_form, &ProviderForm::keyForgotten, this, &ProvidersDialog::forgetKey);
    connect(m_connection, &ConnectionPanel::testRequested, this, &ProvidersDialog::test);
    connect(m_connection, &ConnectionPanel::probeRequested, this, &ProvidersDialog::probe);
    connect(&m_connection->models(), &OfferedModelsModel::priceEdited, this,
            [this](const QString &model, const Price &price) {
                if (const Endpoint *endpoint = current())
                    Q_EMIT priceEdited(endpoint->name, model, price);
            });
    // Enter ends a field here; it must press no button.
    for (QPushButton *button : findChildren<QPushButton *>())
        button->setAutoDefault(false);
    connect(&providers, &ConfiguredProviders::changed, this, &ProvidersDialog::refresh);
    connect(&providers, &ConfiguredProviders::keysChanged, this, &ProvidersDialog::updateKeyState);
    refresh();
}

QWidget *ProvidersDialog::makeList()
{
    m_list = new QListWidget;
    m_list->setObjectName(u"providersList"_s);
    m_list->setAccessibleName(tr("Providers that are set up"));
    m_add = new QPushButton(tr("Add"));
    m_add->setObjectName(u"addProvider"_s);
    m_add->setAccessibleName(tr("Add a provider"));
    fillAddMenu();
    m_remove = new QPushButton(tr("Remove"));
    m_remove->setObjectName(u"removeProvider"_s);
    m_remove->setAccessibleName(tr("Remove the provider"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_add);
    buttons->addWidget(m_remove);
    buttons->addStretch();
    auto *side = new QWidget;
    side->setFixedWidth(kListWidth);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_list, 1);
    layout->addLayout(buttons);
    return side;
}

QWidget *ProvidersDialog::makePage()
{
    m_empty = new EmptyState(u"model"_s, m_theme);
    m_empty->setSentence(tr("No provider is set up. Until one is, the simulated fleet answers: "
                            "invented models that cost nothing."));
    connect(m_empty->addAction(tr("Add a provider")), &QPushButton::clicked, m_add,
            &QPushButton::showMenu);
    connect(m_empty->addAction(tr("Look for servers on this machine")), &QPushButton::clicked, this,
            [this] { discover(Found::AnythingOrNothing); });
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, kScrollGap, 0);
    layout->setSpacing(16);
    layout->addWidget(m_form);
    layout->addWidget(m_connection, 1);
    m_pages = new QStackedWidget;
    m_pages->addWidget(m_empty);
    // In a small window, and where all fields are shown, the page scrolls instead of being
    // squeezed.
    auto *scrolled = new QScrollArea;
    scrolled->setObjectName(u"providerPage"_s);
    scrolled->setWidgetResizable(true);
    scrolled->setFrameShape(QFrame::NoFrame);
    scrolled->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scrolled->setFocusPolicy(Qt::NoFocus);
    scrolled->setWidget(page);
    m_pages->addWidget(scrolled);
    return m_pages;
}

void ProvidersDialog::fillAddMenu()
{
    auto *menu = new QMenu(m_add);
    bool local = false;
    for (const ProviderPreset &preset : providers::providerPresets()) {
        if (!local && providers::isLoopback(preset.endpoint.baseUrl)) {
            menu->addSeparator();
            local = true;
        }
        QAction *action = menu->addAction(preset.title);
        action->setObjectName(u"add_"_s + preset.id);
        connect(action, &QAction::triggered, this, [this, preset] { add(preset); });
    }
    menu->addSeparator();
    QAction *own = menu->addAction(tr("Another server…"));
    own->setObjectName(u"add_own"_s);
    connect(own, &QAction::triggered, this, [this] { add(ownServer()); });
    m_add->setMenu(menu);
}

const Endpoint *ProvidersDialog::current() const
{
    const QListWidgetItem *item = m_list->currentItem();
    return item ? m_providers.find(item->text()) : nullptr;
}

void ProvidersDialog::refresh()
{
    const QString chosen = m_shown;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const Endpoint &endpoint : m_providers.all())
            m_list->addItem(endpoint.name);
    }
    select(m_providers.find(chosen) ? chosen : QString());
}

void ProvidersDialog::select(const QString &name)
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (m_list->item(row)->text() == name)
            m_list->setCurrentRow(row);
    }
    if (!m_list->currentItem() && m_list->count() > 0)
        m_list->setCurrentRow(0);
    showCurrent();
}

void ProvidersDialog::showCurrent()
{
    const Endpoint *endpoint = current();
    m_remove->setEnabled(endpoint);
    m_pages->setCurrentIndex(endpoint ? 1 : 0);
    if (!endpoint)
        return;
    if (m_shown != endpoint->name) {
        m_connection->clear();
        ++m_asked;
    }
    m_shown = endpoint->name;
    m_form->setEndpoint(*endpoint);
    updateKeyState();
}

void ProvidersDialog::updateKeyState()
{
    const Endpoint *endpoint = current();
    if (!endpoint)
        return;
    const Result<> state = m_providers.keyState(*endpoint);
    m_form->setKeyProblem(state ? QString() : state.error().message);
}

void ProvidersDialog::add(const ProviderPreset &preset)
{
    Endpoint endpoint = startOf(preset);
    endpoint.name = m_providers.freeName(preset.id);
    if (const Result<> put = m_providers.put(endpoint); !put) {
        m_message->showMessage(MessageBar::Level::Error, put.error().message);
        return;
    }
    select(endpoint.name);
    if (endpoint.keyInKeyring)
        m_form->focusKey();
    else if (preset.title.isEmpty() || !preset.addressToFill.isEmpty())
        m_form->focusName();
    else
        test();
}

void ProvidersDialog::removeCurrent()
{
    if (const Endpoint *endpoint = current()) {
        const QString name = endpoint->name;
        if (const Result<> removed = m_providers.remove(name); !removed)
            m_message->showMessage(MessageBar::Level::Error, removed.error().message);
    }
}

void ProvidersDialog::take(const Endpoint &endpoint)
{
    const QString before = m_shown;
    const Endpoint *known = m_providers.find(before);
    Endpoint renamed = known ? *known : Endpoint();
    renamed.name = endpoint.name;
    m_shown = endpoint.name;
    const Result<> put = m_providers.put(endpoint, before);
    if (put) {
        // What was tested is not what is called from now on.
        if (renamed != endpoint) {
            m_connection->clear();
            ++m_asked;
        }
        select(endpoint.name);
        return;
    }
    m_shown = before;
    m_form->setProblem(put.error().message);
}

void ProvidersDialog::keepKey(const QByteArray &key)
{
    const Endpoint *endpoint = current();
    if (!endpoint)
        return;
    m_providers.keepKey(*endpoint, SecretKey(key), [dialog = QPointer(this)](const Result<> &kept) {
        if (kept || !dialog)
            return;
        dialog->m_message->showMessage(
            MessageBar::Level::Warning,
            tr("%1 Until Headgate is closed this key is used.").arg(kept.error().message));
    });
    test();
}

void ProvidersDialog::forgetKey()
{
    const Endpoint *endpoint = current();
    if (!endpoint)
        return;
    m_connection->clear();
    m_providers.forgetKey(*endpoint, [dialog = QPointer(this)](const Result<> &forgotten) {
        if (!forgotten && dialog)
            dialog->m_message->showMessage(MessageBar::Level::Warning, forgotten.error().message);
    });
}

void ProvidersDialog::test()
{
    const Endpoint *endpoint = current();
    if (!endpoint)
        return;
    m_connection->setTesting();
    m_providers.test(*endpoint, this,
                     [this, asked = ++m_asked,
                      provider = endpoint->name](const providers::ConnectionReport &report) {
                         if (asked != m_asked)
                             return;
                         m_connection->models().setModels(
                             provider, report.models.value_or(QList<providers::OfferedModel>()),
                             m_catalog, QDate::currentDate());
                         m_connection->showReport(report);
                     });
}

void ProvidersDialog::probe(const QString &model)
{
    const Endpoint *endpoint = current();
    if (!endpoint)
        return;
    m_connection->setProbing(model);
    m_providers.probe(
        *endpoint, model, this,
        [this, asked = m_asked, before = *endpoint](const providers::ProbeReport &report) {
            const Endpoint *shown = current();
            if (asked != m_asked || !shown || *shown != before)
                return;
            Endpoint learnt = before;
            learnt.dialect = report.dialect;
            if (learnt != before)
                m_providers.put(learnt, before.name);
            m_connection->showProbe(report);
        });
}

void ProvidersDialog::discover(Found tell)
{
    auto finding = findLocalServers();
    QCoro::connect(
        std::move(finding), this, [this, tell](const QList<providers::LocalServer> &servers) {
            QList<MessageBar::Action> actions;
            QStringList found;
            for (const providers::LocalServer &server : servers) {
                const auto &all = m_providers.all();
                const bool known = std::any_of(all.cbegin(), all.cend(), [&](const auto &each) {
                    return each.baseUrl == server.preset.endpoint.baseUrl;
                });
                if (known)
                    continue;
                found.append(tr("%1 (%n models)", nullptr, int(server.chatModels()))
                                 .arg(server.preset.title));
                actions.append({tr("Add %1").arg(server.preset.title),
                                [this, preset = server.preset] { add(preset); }});
            }
            if (actions.isEmpty() && tell == Found::Something)
                return;
            if (actions.isEmpty())
                m_message->showMessage(MessageBar::Level::Information,
                                       servers.isEmpty()
                                           ? tr("No model server answers on this machine at its "
                                                "usual port.")
                                           : tr("All model servers of this machine are set up."));
            else
                m_message->showChoice(MessageBar::Level::Information,
                                      tr("On this machine answers: %1.").arg(found.join(u", "_s)),
                                      actions);
        });
}

} // namespace headgate::ui
