#include "app/cli/background_work.h"

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"

#include <QCoreApplication>
#include <QThread>

namespace headgate::cli {

int runInBackground(const Work &work)
{
    Interrupt interrupt;
    Progress progress;
    Result<> result;
    const std::unique_ptr<QThread> thread(
        QThread::create([&] { result = work(interrupt.token(), progress); }));
    QObject::connect(thread.get(), &QThread::finished, qApp, &QCoreApplication::quit,
                     Qt::QueuedConnection);
    thread->start();
    if (thread->isRunning() || thread->isFinished()) {
        QCoreApplication::exec();
        thread->wait();
    } else { // the system gives none; it takes as long here
        result = work(interrupt.token(), progress);
    }
    progress.clear();
    if (result)
        return ExitCode::Done;
    tell(result.error().message);
    return result.error().code == ErrorCode::Cancelled ? ExitCode::Interrupted
                                                       : ExitCode::InputProblem;
}

} // namespace headgate::cli
