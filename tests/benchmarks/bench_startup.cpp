#include <QElapsedTimer>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

// From starting the process to the first painted window: the workbench with its worked example
// against an empty Qt window, turn by turn in one run. The goal is a ratio under 3.
class BenchStartup final : public QObject
{
    Q_OBJECT

private:
    static constexpr int kTurns = 15;

    // Milliseconds until the program says that it has painted.
    static double timeToPaint(const QString &program, const QTemporaryDir &home)
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"XDG_CONFIG_HOME"_s, home.path());
        environment.insert(u"XDG_DATA_HOME"_s, home.path());
        process.setProcessEnvironment(environment);
        QElapsedTimer timer;
        timer.start();
        process.start(program, {u"--exit-after-first-paint"_s});
        while (!process.canReadLine() && process.waitForReadyRead(20'000)) {
        }
        const double milliseconds = double(timer.nsecsElapsed()) / 1e6;
        const bool painted = process.readLine().trimmed() == "painted";
        const bool ended = process.waitForFinished(20'000) && process.exitCode() == 0;
        return painted && ended ? milliseconds : -1;
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
        QList<double> reference;
        // The first turn of each reads the libraries from the disk and is not counted.
        for (int turn = -1; turn < kTurns; ++turn) {
            const double base = timeToPaint(trivial, home);
            const double full = timeToPaint(headgate, home);
            QVERIFY2(base > 0, "The empty window did not paint.");
            QVERIFY2(full > 0, "The workbench did not paint.");
            if (turn >= 0) {
                reference.append(base);
                ours.append(full);
            }
        }
        std::printf("start to first paint, median of %d: workbench %.0f ms, empty Qt window %.0f "
                    "ms, ratio %.2f\n",
                    kTurns, median(ours), median(reference), median(ours) / median(reference));
    }
};

QTEST_GUILESS_MAIN(BenchStartup)
#include "bench_startup.moc"
