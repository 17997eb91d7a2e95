// A process of its own for tests of the ledger: it is killed, runs out of room, or holds a lock.
// usage: ledger_child record|hold|limit|full|reader PATH [NUMBER]
#include "core/ledger/ledger.h"
#include "core/ledger/ledger_schema.h"
#include "core/sqlite/database.h"
#include "core/sqlite/transaction.h"
#include "sample_traces.h"

#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

#include <csignal>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace headgate;
using namespace headgate::ledger;
using namespace Qt::StringLiterals;

namespace {

void say(const QString &line)
{
    const QByteArray bytes = line.toUtf8() + '\n';
    // Straight to the pipe: what a kill would leave in a buffer counts as never said.
    if (::write(STDOUT_FILENO, bytes.constData(), size_t(bytes.size())) < 0)
        ::_exit(4);
}

QString told(const Result<> &result)
{
    return result ? u"ok"_s : u"%1 %2"_s.arg(int(result.error().code)).arg(result.error().message);
}

// Records runs "<prefix>-0", … until one fails; their number, and the failure.
std::pair<int, Result<>> recordUntilItFails(Ledger &ledger, const QString &prefix)
{
    for (int i = 0;; ++i) {
        auto done =
            ledger.record(test::sampleTrace(u"%1-%2"_s.arg(prefix).arg(i), quint32(i)), true);
        if (!done)
            return {i, std::move(done)};
    }
}

int record(const QString &path, const QString &prefix)
{
    const auto ledger = Ledger::open(path);
    if (!ledger)
        return 2;
    for (int i = 0;; ++i) {
        const QString id = u"%1-%2"_s.arg(prefix).arg(i);
        if (!(*ledger)->record(test::sampleTrace(id, quint32(i)), true))
            return 3;
        say(id);
    }
}

int hold(const QString &path)
{
    const auto database = sqlite::Database::open(path, ledgerFormat());
    if (!database)
        return 2;
    const auto lock = sqlite::Transaction::begin(**database, sqlite::Transaction::Kind::Write);
    say(lock ? u"held"_s : lock.error().message);
    QFile input;
    if (input.open(stdin, QIODevice::ReadOnly))
        (void)input.readLine();
    return 0;
}

// What is written before and after room runs out, and what a new look at the file finds.
int reportRoom(const QString &path, const std::function<void()> &makeRoom)
{
    auto ledger = Ledger::open(path);
    if (!ledger)
        return 2;
    auto [written, failure] = recordUntilItFails(**ledger, u"before"_s);
    say(QString::number(written));
    say(told(failure));
    makeRoom();
    say(told((*ledger)->record(test::sampleTrace(u"after"_s, 1), true)));
    ledger->reset();
    ledger = Ledger::open(path);
    say(told(ledger ? (*ledger)->checkIntegrity() : Result<>(tl::unexpect, ledger.error())));
    say(QString::number(ledger ? (*ledger)->totals()->runs : -1));
    return 0;
}

int limit(const QString &path, rlim_t bytes)
{
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit room{};
    getrlimit(RLIMIT_FSIZE, &room);
    const rlim_t before = room.rlim_cur;
    const auto allow = [&room](rlim_t size) {
        room.rlim_cur = size;
        setrlimit(RLIMIT_FSIZE, &room);
    };
    allow(bytes);
    return reportRoom(path, [&] { allow(before); });
}

int full(const QString &folder)
{
    const int flags = geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS;
    const QByteArray place = folder.toLocal8Bit();
    if (unshare(flags) != 0 || mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        mount("tmpfs", place.constData(), "tmpfs", 0, "size=2m") != 0) {
        say(u"skip"_s);
        return 0;
    }
    QFile ballast(folder + u"/ballast"_s);
    if (!ballast.open(QIODevice::WriteOnly) || ballast.write(QByteArray(400'000, 'x')) < 0)
        return 2;
    ballast.close();
    return reportRoom(folder + u"/ledger.sqlite"_s, [&ballast] { ballast.remove(); });
}

// Without the right to write, whoever runs the test.
int reader(const QString &path)
{
    if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
        return 2;
    const auto ledger = Ledger::open(path);
    if (!ledger) {
        say(told(tl::unexpected(ledger.error())));
        return 0;
    }
    say((*ledger)->isReadOnly() ? u"read-only"_s : u"writable"_s);
    say(QString::number((*ledger)->totals()->runs));
    say(told((*ledger)->record(test::sampleTrace(u"new"_s, 1), true)));
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    const QString mode = arguments.value(1);
    const QString path = arguments.value(2);
    if (mode == "record"_L1)
        return record(path, arguments.value(3));
    if (mode == "hold"_L1)
        return hold(path);
    if (mode == "limit"_L1)
        return limit(path, arguments.value(3).toULong());
    if (mode == "full"_L1)
        return full(path);
    if (mode == "reader"_L1)
        return reader(path);
    return 1;
}
