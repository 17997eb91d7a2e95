#pragma once

#include "core/common/json.h"

#include <QByteArray>
#include <QProcess>
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

// Where and among what it runs.
struct CtlPlace
{
    // A folder that is the user's for the run, since what the user has recorded, and which keys the
    // user has, is none of the tests' business; empty: as it is.
    QString home{};
    QStringList environment{}; // further variables as NAME=value
    QString folder{};          // the current one; empty: as it is
};

// The binary that this build made.
QString ctlPath();

// Starts it, for tests that do something to it meanwhile.
void startCtl(QProcess &process, const QStringList &arguments, const CtlPlace &place = {});
// Runs it to its end; the test's own servers answer it meanwhile.
CtlEnded runCtl(const QStringList &arguments, const CtlPlace &place = {});

} // namespace headgate::test
