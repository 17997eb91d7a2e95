// The real window, edited until somebody kills the process.
// recovery_child <recovery folder> <settings> <policy or ""> <edits or 0 for ever>
#include "shown_window.h"

#include <QTimer>

#include <cstdio>

using namespace headgate;
using namespace headgate::workbench;

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const QStringList arguments = application.arguments();
    ui::Settings settings(arguments.value(2));
    ui::Theme theme;
    Options options;
    options.recoveryPath = arguments.value(1);
    options.file = arguments.value(3);
    MainWindow window(theme, settings, options);
    window.show();
    window.start();
    const int last = arguments.value(4).toInt();
    int edits = 0;
    QTimer timer;
    QObject::connect(&timer, &QTimer::timeout, &window, [&] {
        ++edits;
        test::edit(window.session(), QStringLiteral("edit %1").arg(edits));
        std::printf("%d %lld\n", edits, qlonglong(QDateTime::currentMSecsSinceEpoch()));
        std::fflush(stdout);
        if (edits == last)
            timer.stop();
    });
    timer.start(23);
    return QApplication::exec();
}
