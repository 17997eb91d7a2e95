#include "app/workbench/first_paint.h"
#include "app/workbench/main_window.h"
#include "app/workbench/options.h"
#include "app/workbench/translation.h"
#include "core/common/process_guard.h"
#include "ui/common/settings.h"
#include "ui/common/theme.h"

#include <QApplication>

#include <cstdio>

using namespace headgate;
using namespace Qt::StringLiterals;

namespace {

QStringList argumentsOf(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    return arguments;
}

// For whoever measures the start.
void say(const char *word)
{
    std::puts(word);
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    guardProcess();
    // Read before there is an application, so that --version needs no display.
    const auto options = workbench::parseOptions(argumentsOf(argc, argv));
    if (!options) {
        std::fprintf(stderr, "headgate: %s\n", qPrintable(options.error().message));
        return options.error().code == ErrorCode::Io ? 1 : 2;
    }
    if (!options->answer.isEmpty()) {
        std::fputs(qPrintable(options->answer), stdout);
        return 0;
    }

    QApplication application(argc, argv);
    QApplication::setApplicationName(u"headgate"_s);
    QApplication::setApplicationDisplayName(u"Headgate"_s);
    QApplication::setApplicationVersion(QStringLiteral(HEADGATE_VERSION));
    workbench::installTranslation();
    ui::Settings settings;
    ui::Theme theme;
    theme.setScheme(options->scheme.value_or(
        ui::schemeFrom(settings.get(ui::settings::kScheme)).value_or(ui::Scheme::System)));
    theme.setReducedMotion(settings.get(ui::settings::kReducedMotion));
    theme.applyToApplication();
    workbench::MainWindow window(theme, settings, *options);
    workbench::afterFirstPaint(window, [&] {
        if (options->exitAfterFirstPaint)
            say("painted");
        window.start();
        if (!options->exitAfterFirstPaint)
            return;
        workbench::afterFirstPaint(*window.currentPage(), [] {
            say("ready");
            QCoreApplication::exit();
        });
    });
    window.show();
    return QApplication::exec();
}
