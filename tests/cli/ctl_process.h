#pragma once

#include "core/common/json.h"

#include <QByteArray>
#include <QStringList>

namespace headgate::test {

// What a run of headgatectl came to; code -1: it did not end in time.
struct CtlEnded
{
    int code = -1;
    QByteArray out;
    QByteArray err;

    Json json() const { return Json::parse(out.constData(), nullptr, false); }
};

// The binary that this build made.
QString ctlPath();

// Runs it to its end. `home`: a folder that is the user's for the run, since what the user has
// recorded, and which keys the user has, is none of the tests' business; empty: as it is.
// `environment` holds further variables as NAME=value.
CtlEnded runCtl(const QStringList &arguments, const QString &home = {},
                const QStringList &environment = {});

} // namespace headgate::test
