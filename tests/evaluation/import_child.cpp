#include "core/evaluation/datasets/dataset_import.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>
#include <sys/resource.h>

using namespace headgate;

// Imports JSON lines into a store, a line of output for each report of progress, so that its parent
// can kill it on the way: import_child STORE FILE NAME [LARGEST FILE IN BYTES]
int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const auto store = evaluation::DatasetStore::open(arguments.value(1));
    if (!store)
        return 2;
    if (arguments.size() > 4) {
        std::signal(SIGXFSZ, SIG_IGN); // the write fails instead
        const rlim_t most = arguments[4].toULong();
        const rlimit limit{most, most};
        setrlimit(RLIMIT_FSIZE, &limit);
    }
    const auto report =
        evaluation::importDataset({.path = arguments.value(2),
                                   .mapping = {.prompt = QStringLiteral("prompt")},
                                   .name = arguments.value(3)},
                                  **store, [](qint64 bytes, qint64) {
                                      std::printf("%lld\n", static_cast<long long>(bytes));
                                      std::fflush(stdout);
                                  });
    if (report && report->dataset)
        return 0;
    std::fputs(report ? "rows" : qPrintable(report.error().message), stderr);
    return 1;
}
