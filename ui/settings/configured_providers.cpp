#include "ui/settings/configured_providers.h"

#include "core/engine/provider_directory.h"
#include "core/providers/certificate_file.h"

namespace headgate::ui {

using providers::Endpoint;
using namespace Qt::StringLiterals;

namespace {

// Has what it works with to itself, so that it may end after the one who asked has gone.
QCoro::Task<providers::ConnectionReport> testApart(Endpoint endpoint, providers::HeldKeys keys,
                                                   std::stop_token stop)
{
    SystemClock clock;
    auto testing = providers::testConnection(endpoint, keys, clock, stop);
    providers::ConnectionReport report = co_await testing;
    co_return report;
}

QCoro::Task<providers::ProbeReport> probeApart(Endpoint endpoint, QString model,
                                               providers::HeldKeys keys, std::stop_token stop)
{
    SystemClock clock;
    auto probing = providers::probeCall(endpoint, model, keys, clock, stop);
    providers::ProbeReport report = co_await probing;
    co_return report;
}

bool isSameKey(const Endpoint &a, const Endpoint &b)
{
    return a.keyInKeyring && b.keyInKeyring && providers::keyAccount(a) == providers::keyAccount(b);
}

// Of another name, at the same server.
bool isRenamed(const Endpoint &before, Endpoint after)
{
    after.name = before.name;
    return isSameKey(before, after);
}

} // namespace

ConfiguredProviders::ConfiguredProviders(QString path, providers::HeldKeys &keys,
                                         std::unique_ptr<providers::Keyring> keyring,
                                         QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
    , m_keys(keys)
    , m_keyring(std::move(keyring))
{
}

ConfiguredProviders::~ConfiguredProviders()
{
    m_stop.request_stop();
}

Result<> ConfiguredProviders::load()
{
    auto endpoints = engine::readEndpointFile(m_path);
    if (!endpoints) {
        m_unreadable = endpoints.error();
        return tl::unexpected(endpoints.error());
    }
    m_unreadable.reset();
    m_endpoints = std::move(*endpoints);
    Q_EMIT changed();
    for (const Endpoint &endpoint : std::as_const(m_endpoints)) {
        if (endpoint.keyInKeyring)
            readKey(endpoint, Trouble::Told);
    }
    return {};
}

const Endpoint *ConfiguredProviders::find(const QString &name) const
{
    const auto found = std::find_if(m_endpoints.cbegin(), m_endpoints.cend(),
                                    [&name](const Endpoint &each) { return each.name == name; });
    return found == m_endpoints.cend() ? nullptr : &*found;
}

QString ConfiguredProviders::freeName(const QString &wanted) const
{
    QString name = wanted;
    for (int number = 2; find(name); ++number)
        name = u"%1 %2"_s.arg(wanted).arg(number);
    return name;
}

Result<> ConfiguredProviders::put(const Endpoint &endpoint, const QString &before)
{
    if (endpoint.name.trimmed().isEmpty())
        return fail(ErrorCode::InvalidInput, tr("A provider needs a name."));
    if (endpoint.name != before && find(endpoint.name))
        return fail(
            ErrorCode::InvalidInput,
            tr("Another provider is called “%1”; give it a name of its own.").arg(endpoint.name));
    if (const Result<> valid = providers::validateEndpoint(endpoint); !valid)
        return valid;
    const Endpoint *former = find(before);
    if (former && *former == endpoint)
        return {};
    // Another field may still be mended where the file has gone meanwhile.
    const QString &file = endpoint.certificateFile;
    if (!file.isEmpty() && !(former && former->certificateFile == file)) {
        if (const Result<> usable = providers::checkCertificateFile(file); !usable)
            return usable;
    }
    const std::optional<Endpoint> was = former ? std::optional(*former) : std::nullopt;
    QList<Endpoint> endpoints = m_endpoints;
    endpoints.removeIf([&before](const Endpoint &each) { return each.name == before; });
    endpoints.append(endpoint);
    std::sort(endpoints.begin(), endpoints.end(),
              [](const Endpoint &a, const Endpoint &b) { return a.name < b.name; });
    const Result<> written = write(endpoints);
    if (written && endpoint.keyInKeyring && !(was && isSameKey(*was, endpoint)))
        moveKey(was, endpoint);
    return written;
}

// A key goes with its provider's name; to another server it does not.
void ConfiguredProviders::moveKey(const std::optional<Endpoint> &before, const Endpoint &after)
{
    const Result<SecretKey> key =
        before ? m_keys.keyOf(*before) : Result<SecretKey>(fail(ErrorCode::NotFound, {}));
    if (!before || !isRenamed(*before, after) || !key) {
        readKey(after, Trouble::Kept); // the key is about to be entered
        return;
    }
    keepKey(after, *key, {});
    forgetKey(*before, {});
}

Result<> ConfiguredProviders::remove(const QString &name)
{
    const Endpoint *found = find(name);
    if (!found)
        return {};
    const Endpoint endpoint = *found;
    QList<Endpoint> endpoints = m_endpoints;
    endpoints.removeIf([&name](const Endpoint &each) { return each.name == name; });
    const Result<> written = write(endpoints);
    if (written && endpoint.keyInKeyring)
        forgetKey(endpoint, {});
    return written;
}

Result<> ConfiguredProviders::write(const QList<Endpoint> &endpoints)
{
    if (m_unreadable)
        return tl::unexpected(*m_unreadable);
    if (const Result<> written = engine::writeEndpointFile(endpoints, m_path); !written)
        return written;
    m_endpoints = endpoints;
    Q_EMIT changed();
    return {};
}

Result<> ConfiguredProviders::keyState(const Endpoint &endpoint) const
{
    const auto key = m_keys.keyOf(endpoint);
    return key ? Result<>() : tl::unexpected(key.error());
}

void ConfiguredProviders::readKey(const Endpoint &endpoint, Trouble trouble)
{
    auto reading = m_keyring->read(providers::keyAccount(endpoint));
    QCoro::connect(
        std::move(reading), this, [this, endpoint, trouble](const Result<SecretKey> &key) {
            if (key)
                m_keys.hold(endpoint, *key);
            else if (trouble == Trouble::Told && key.error().code != ErrorCode::NotFound)
                Q_EMIT problem(tr("The key of “%1” could not be read. %2", "provider, why")
                                   .arg(endpoint.name, key.error().message));
            Q_EMIT keysChanged();
        });
}

void ConfiguredProviders::keepKey(const Endpoint &endpoint, const SecretKey &key,
                                  const std::function<void(const Result<> &)> &whenDone)
{
    m_keys.hold(endpoint, key);
    Q_EMIT keysChanged();
    auto writing = m_keyring->write(providers::keyAccount(endpoint), key);
    QCoro::connect(std::move(writing), this, [whenDone](const Result<> &written) {
        if (whenDone)
            whenDone(written);
    });
}

void ConfiguredProviders::forgetKey(const Endpoint &endpoint,
                                    const std::function<void(const Result<> &)> &whenDone)
{
    m_keys.drop(endpoint);
    Q_EMIT keysChanged();
    auto removing = m_keyring->remove(providers::keyAccount(endpoint));
    QCoro::connect(std::move(removing), this, [whenDone](const Result<> &removed) {
        if (whenDone)
            whenDone(removed);
    });
}

void ConfiguredProviders::test(
    const Endpoint &endpoint, QObject *context,
    const std::function<void(const providers::ConnectionReport &)> &whenDone)
{
    auto testing = testApart(endpoint, m_keys, m_stop.get_token());
    QCoro::connect(std::move(testing), context,
                   [self = QPointer(this), name = endpoint.name,
                    whenDone](const providers::ConnectionReport &report) {
                       if (self && report.isGood())
                           Q_EMIT self->answered(name);
                       whenDone(report);
                   });
}

void ConfiguredProviders::probe(const Endpoint &endpoint, const QString &model, QObject *context,
                                const std::function<void(const providers::ProbeReport &)> &whenDone)
{
    auto probing = probeApart(endpoint, model, m_keys, m_stop.get_token());
    QCoro::connect(std::move(probing), context, whenDone);
}

} // namespace headgate::ui
