#include "core/providers/keyring.h"

#include "core/providers/texts.h"

#include <qcoro/qcorosignal.h>
#include <qt6keychain/keychain.h>

namespace headgate::providers {

namespace {

using namespace Qt::StringLiterals;

const QString kService = u"Headgate"_s;

struct LetGo
{
    void operator()(QKeychain::Job *job) const { job->deleteLater(); }
};
template<typename Job>
using JobPtr = std::unique_ptr<Job, LetGo>;

template<typename Job>
JobPtr<Job> makeJob(const QString &account)
{
    JobPtr<Job> job(new Job(kService));
    job->setAutoDelete(false);
    job->setInsecureFallback(false);
    job->setKey(account);
    return job;
}

// What the keyring itself says goes into the detail: it may name files and services.
Error errorOf(const QKeychain::Job &job)
{
    switch (job.error()) {
    case QKeychain::EntryNotFound:
        return {ErrorCode::NotFound, Texts::tr("The keyring has no such key."), job.errorString()};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {ErrorCode::Unauthorized,
                Texts::tr("The keyring did not open. Unlock it and try again."), job.errorString()};
    default:
        return {ErrorCode::Unavailable,
                Texts::tr("No keyring runs here, so no key can be kept. Name an environment "
                          "variable instead."),
                job.errorString()};
    }
}

class SystemKeyring final : public Keyring
{
public:
    QCoro::Task<Result<SecretKey>> read(QString account) override
    {
        const auto job = makeJob<QKeychain::ReadPasswordJob>(account);
        QKeychain::Job *started = job.get();
        auto done = qCoro(started, &QKeychain::Job::finished);
        started->start();
        co_await done;
        if (job->error() != QKeychain::NoError)
            co_return tl::unexpected(errorOf(*job));
        co_return SecretKey(job->binaryData());
    }

    QCoro::Task<Result<>> write(QString account, SecretKey key) override
    {
        const auto job = makeJob<QKeychain::WritePasswordJob>(account);
        job->setBinaryData(key.reveal());
        QKeychain::Job *started = job.get();
        auto done = qCoro(started, &QKeychain::Job::finished);
        started->start();
        co_await done;
        if (job->error() != QKeychain::NoError)
            co_return tl::unexpected(errorOf(*job));
        co_return Result<>();
    }

    QCoro::Task<Result<>> remove(QString account) override
    {
        const auto job = makeJob<QKeychain::DeletePasswordJob>(account);
        QKeychain::Job *started = job.get();
        auto done = qCoro(started, &QKeychain::Job::finished);
        started->start();
        co_await done;
        if (job->error() != QKeychain::NoError && job->error() != QKeychain::EntryNotFound)
            co_return tl::unexpected(errorOf(*job));
        co_return Result<>();
    }
};

} // namespace

std::unique_ptr<Keyring> systemKeyring()
{
    return std::make_unique<SystemKeyring>();
}

} // namespace headgate::providers
