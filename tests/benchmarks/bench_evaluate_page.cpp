// What a step of a dragged threshold costs on the Evaluate page until it is on the screen, with the
// outcomes of 100,000 prompts, beside a frame of 60 a second.

#include "tests/support/telling_outcomes.h"
#include "ui/common/theme.h"
#include "ui/evaluate/evaluate_page.h"

#include <QApplication>
#include <QDoubleSpinBox>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

using namespace headgate;
using namespace headgate::ui;
using namespace Qt::StringLiterals;

namespace {

constexpr int kPrompts = 100'000;
constexpr int kSteps = 60;
constexpr double kFrameMs = 1000.0 / 60;

void settle()
{
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
}

double millisecondsOf(const std::function<void()> &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

void open(EvaluatePage &page, const QString &path)
{
    bool shown = false;
    QObject::connect(&page, &EvaluatePage::searchShown, &page, [&shown] { shown = true; });
    const double took = millisecondsOf([&] {
        page.openOutcomes(path);
        while (!shown)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    });
    settle();
    std::printf("%d prompts read, searched and shown in %.0f ms\n", kPrompts, took);
}

void measureDrag(EvaluatePage &page)
{
    for (int point = 0; page.here()->stages < 2; ++point)
        page.choosePoint(point);
    auto *number = page.findChild<QDoubleSpinBox *>(u"thresholdNumber0"_s);
    QList<double> times;
    for (int step = 0; step < kSteps; ++step) {
        times.append(millisecondsOf([&] {
            number->setValue(0.2 + 0.01 * (step % 60));
            settle();
        }));
    }
    std::sort(times.begin(), times.end());
    const double median = times[kSteps / 2];
    std::printf("a threshold dragged on the page: median %.2f ms, worst %.2f ms   of a frame of "
                "%.1f ms: ratio %.2f\n",
                median, times.last(), kFrameMs, median / kFrameMs);
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"outcomes.jsonl"_s);
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(test::tellingOutcomes(kPrompts)) <= 0)
        qFatal("no place to write to");
    file.close();
    Theme theme;
    theme.applyToApplication();
    const policy::PolicyDocument drawn;
    EvaluatePage page(
        theme, [&drawn]() -> const policy::PolicyDocument & { return drawn; },
        [](const QString &name) { return policy::Model{.name = name}; });
    page.resize(1360, 840);
    page.show();
    settle();
    open(page, path);
    measureDrag(page);
    return 0;
}
