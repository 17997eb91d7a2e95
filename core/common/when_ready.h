#pragma once

#include <QFutureWatcher>

namespace headgate {

// Hands the result of a future to the handler, from the event loop of the context's thread; not at
// all once the context is gone. QFuture::then() does not keep the last of these in Qt 6.4.
template<typename Value, typename Handler>
void whenReady(const QFuture<Value> &future, QObject *context, Handler handler)
{
    auto *watcher = new QFutureWatcher<Value>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context,
                     [watcher, handler = std::move(handler)] {
                         watcher->deleteLater();
                         if (watcher->future().resultCount() > 0)
                             handler(watcher->result());
                     });
    watcher->setFuture(future);
}

} // namespace headgate
