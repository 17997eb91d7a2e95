#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

// From starting the process to the first painted window, and on to the painted worked example: the
// workbench against an empty Qt window, turn by turn in one run. The goal is a ratio under 3 for
// the window.
class BenchStartup final : public QObject
{
    Q_OBJECT

private:
    static constexpr int kTurns = 15;

    struct Start
    {
        double painted = -1; // milliseconds; below 0: it did not
        double ready = -1;
    };

    static Start start(const QString &program, const QTemporaryDir &home)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_CONFIG_HOME"_s, home.path());
        environment.insert(u"XDG_DATA_HOME"_s, home.path());
        process.setProcessEnvironment(environment);
        QElapsedTimer timer;
        timer.start();
        process.start(program, {u"--exit-after-first-paint"_s});
        Start times;
        const auto wait = [&](const char *word, double &time) {
            while (!process.canReadLine() && process.waitForReadyRead(20'000)) {
            }
            if (process.readLine().trimmed() == word)
                time = double(timer.nsecsElapsed()) / 1e6;
        };
        wait("painted", times.painted);
        wait("ready", times.ready);
        const bool ended =
            process.state() == QProcess::NotRunning || process.waitForFinished(20'000);
        return ended && process.exitCode() == 0 ? times : Start();
    }

    static double median(QList<double> values)
    {
        std::sort(values.begin(), values.end());
        return values[values.size() / 2];
    }

private Q_SLOTS:
    void firstPaintedWindow()
    {
        const QString headgate = QStringLiteral(HEADGATE_EXECUTABLE);
        const QString trivial = QStringLiteral(TRIVIAL_WINDOW_EXECUTABLE);
        const QTemporaryDir home;
        QList<double> ours;
        QList<double> ready;
        QList<double> reference;
        // The first turn of each reads the libraries from the disk and is not counted.
        for (int turn = -1; turn < kTurns; ++turn) {
            const Start base = start(trivial, home);
            const Start full = start(headgate, home);
            QVERIFY2(base.painted > 0, "The empty window did not paint.");
            QVERIFY2(full.ready > 0, "The workbench did not paint.");
            if (turn >= 0) {
                reference.append(base.painted);
                ours.append(full.painted);
                ready.append(full.ready);
            }
        }
        std::printf("start to first paint, median of %d: workbench %.0f ms, empty Qt window %.0f "
                    "ms, ratio %.2f\n",
                    kTurns, median(ours), median(reference), median(ours) / median(reference));
        std::printf("start to the painted example: %.0f ms, ratio %.2f\n", median(ready),
                    median(ready) / median(reference));
    }
};

QTEST_GUILESS_MAIN(BenchStartup)
#include "bench_startup.moc"
