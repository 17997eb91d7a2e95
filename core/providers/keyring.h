#pragma once

#include "core/common/secrets.h"

#include <qcoro/qcorotask.h>

#include <memory>

namespace headgate::providers {

// Where keys are kept between starts. Nothing waits for it: the desktop may ask its user first. An
// error is Unavailable where no keyring runs, NotFound where it has no such key, Unauthorized where
// it is locked or its user said no. The keyring outlives its tasks.
class Keyring
{
public:
    virtual ~Keyring() = default;
    virtual QCoro::Task<Result<SecretKey>> read(QString account) = 0;
    virtual QCoro::Task<Result<>> write(QString account, SecretKey key) = 0;
    virtual QCoro::Task<Result<>> remove(QString account) = 0; // one that is not there is fine
};

// The desktop's own: Secret Service or KWallet. Where none runs nothing is kept at all, least of
// all in a file.
std::unique_ptr<Keyring> systemKeyring();

} // namespace headgate::providers
