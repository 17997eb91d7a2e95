#pragma once

#include "core/providers/call_probe.h"
#include "core/providers/connection_test.h"
#include "core/providers/key_source.h"
#include "core/providers/keyring.h"

#include <QObject>

#include <functional>
#include <stop_token>

namespace headgate::ui {

// The providers that the user has set up. They are kept in one file, which never holds a key; keys
// are in the environment or in the desktop's keyring, from where they are read once and held in
// memory. Lives on the GUI thread and waits for nothing.
class ConfiguredProviders final : public QObject
{
    Q_OBJECT
public:
    // The keys outlive it.
    ConfiguredProviders(QString path, providers::HeldKeys &keys,
                        std::unique_ptr<providers::Keyring> keyring, QObject *parent = nullptr);
    ~ConfiguredProviders() override; // tests that run are stopped

    // Reads the file, then the keys that the keyring has. An error leaves the file as it is, and
    // nothing is written over it until it can be read.
    Result<> load();

    const QList<providers::Endpoint> &all() const { return m_endpoints; }
    const providers::Endpoint *find(const QString &name) const;
    QString freeName(const QString &wanted) const; // "openai", "openai 2"

    // Adds it, or puts it in the place of the one that had that name.
    Result<> put(const providers::Endpoint &endpoint, const QString &before = {});
    // Its key in the keyring goes, too.
    Result<> remove(const QString &name);

    // Whether a call would find a key, or why not.
    Result<> keyState(const providers::Endpoint &endpoint) const;
    // Keeps it in the keyring. Where none runs, `whenDone` gets the error and the key is held for
    // this session only.
    void keepKey(const providers::Endpoint &endpoint, const SecretKey &key,
                 const std::function<void(const Result<> &)> &whenDone);
    void forgetKey(const providers::Endpoint &endpoint,
                   const std::function<void(const Result<> &)> &whenDone);

    // Asks it for its models. `whenDone` is not called once `context` has gone.
    void test(const providers::Endpoint &endpoint, QObject *context,
              const std::function<void(const providers::ConnectionReport &)> &whenDone);
    // One tiny call to the model; it may cost something. What it learns is not kept by itself.
    void probe(const providers::Endpoint &endpoint, const QString &model, QObject *context,
               const std::function<void(const providers::ProbeReport &)> &whenDone);

Q_SIGNALS:
    void changed();                         // the list
    void keysChanged();                     // what keyState() says
    void answered(const QString &provider); // a test of it went well
    void problem(const QString &sentence);  // of the keyring, while keys are read

private:
    Result<> write(const QList<providers::Endpoint> &endpoints);
    enum class Trouble { Told, Kept }; // of a keyring that cannot be read
    void readKey(const providers::Endpoint &endpoint, Trouble trouble);
    void moveKey(const std::optional<providers::Endpoint> &before,
                 const providers::Endpoint &after);

    QString m_path;
    providers::HeldKeys &m_keys;
    std::unique_ptr<providers::Keyring> m_keyring;
    std::stop_source m_stop;
    QList<providers::Endpoint> m_endpoints; // by name
    std::optional<Error> m_unreadable;      // the file as it stands
};

} // namespace headgate::ui
