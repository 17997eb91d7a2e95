// How fast a stream becomes text, beside the plain way (split at blank lines, parse each piece into
// a document), and what one whole call costs, beside a bare request of Qt's own HTTP client.

#include "core/providers/openai_response.h"
#include "core/providers/sse_reader.h"
#include "tests/providers/provider_probe.h"
#include "tests/support/wire_text.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <cstdio>
#include <limits>

using namespace headgate;
using namespace headgate::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int kEvents = 20'000;
constexpr qsizetype kPiece = 1400; // what a packet carries

volatile qsizetype g_sink = 0; // what is computed must be used

// The best of several rounds: what is slower was disturbed.
template<typename Work>
double secondsOf(Work work)
{
    double best = std::numeric_limits<double>::max();
    for (int round = 0; round < 7; ++round) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
        best = std::min(best, taken.count());
    }
    return best;
}

QByteArray longStream()
{
    QByteArray stream;
    for (int i = 0; i < kEvents; ++i)
        stream += sseData(deltaJson("token" + QByteArray::number(i)));
    return stream + sseData(finishJson()) + sseData("[DONE]");
}

void readWithReader(const QByteArray &stream, bool decode)
{
    providers::OpenAiResponse response{providers::Dialect{}};
    qsizetype events = 0;
    providers::SseReader reader([&](const providers::SseEvent &event) {
        ++events;
        if (decode && event.data != "[DONE]")
            response.read(event.data);
    });
    for (qsizetype at = 0; at < stream.size(); at += kPiece)
        reader.feed(QByteArrayView(stream).sliced(at, qMin(kPiece, stream.size() - at)));
    g_sink = g_sink + events + response.completion().text.size();
}

void readPlainly(const QByteArray &stream, bool decode)
{
    QByteArray buffer;
    QString text;
    qsizetype events = 0;
    for (qsizetype at = 0; at < stream.size(); at += kPiece) {
        buffer += stream.mid(at, kPiece);
        for (qsizetype end = buffer.indexOf("\n\n"); end >= 0; end = buffer.indexOf("\n\n")) {
            const QByteArray data = buffer.first(end).mid(6);
            buffer.remove(0, end + 2);
            ++events;
            if (!decode || data == "[DONE]")
                continue;
            const Json chunk = Json::parse(data.begin(), data.end());
            for (const Json &choice : chunk["choices"])
                text += jsonString(choice["delta"], "content");
        }
    }
    g_sink = g_sink + events + text.size();
}

void printStreams()
{
    const QByteArray stream = longStream();
    for (const bool decode : {false, true}) {
        const double ours = secondsOf([&] { readWithReader(stream, decode); });
        const double plain = secondsOf([&] { readPlainly(stream, decode); });
        std::printf("%-24s %10.0f events/s   %-28s %10.0f events/s   ratio %.2f\n",
                    decode ? "events and their text" : "events", kEvents / ours,
                    decode ? "split and parse to documents" : "split", kEvents / plain,
                    plain / ours);
    }
}

void printCalls()
{
    constexpr int kCalls = 500;
    ScriptedServer server({Script().send(httpResponse(200, goodBody()))});
    Probe probe(endpointAt(server.url()));
    const double ours = secondsOf([&] {
        for (int i = 0; i < kCalls; ++i)
            g_sink = g_sink + probe.ask(helloRequest(false)).completion.text.size();
    });
    QNetworkAccessManager manager;
    QNetworkRequest request(server.url(u"/chat/completions"_s));
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    const double plain = secondsOf([&] {
        for (int i = 0; i < kCalls; ++i) {
            const std::unique_ptr<QNetworkReply> reply(manager.post(request, QByteArray(150, ' ')));
            QEventLoop loop;
            QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
            loop.exec();
            g_sink = g_sink + reply->readAll().size();
        }
    });
    std::printf("%-24s %10.1f us         %-28s %10.1f us         ratio %.2f\n", "one whole call",
                ours / kCalls * 1e6, "bare QNetworkAccessManager", plain / kCalls * 1e6,
                ours / plain);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    printStreams();
    printCalls();
    return 0;
}
