#include "core/engine/hedged_request.h"

#include <QPromise>

#include <qcoro/qcorofuture.h>

#include <array>

namespace headgate::engine {

// Two lanes; the second opens when the first has been silent for too long.
struct HedgedRequest::Race
{
    struct Lane
    {
        std::stop_source stop;
        std::optional<SentRequest> sent;
        bool open = false;
    };

    Race() { settled.start(); }

    void stopAll()
    {
        timer.request_stop();
        for (Lane &lane : lanes)
            lane.stop.request_stop();
    }

    // A lane has ended: with a good answer, or when nobody else is on the way, that is the end.
    void end(int lane, SentRequest sent)
    {
        const bool good = sent.result.ok();
        lanes[size_t(lane)].sent = std::move(sent);
        const Lane &other = lanes[size_t(1 - lane)];
        const bool otherRuns = other.open && !other.sent;
        if (winner >= 0 || (!good && otherRuns))
            return;
        winner = lane;
        settled.finish();
        stopAll();
    }

    void say(int lane, const QString &text, const std::function<void(const QString &)> &onText)
    {
        if (speaker < 0 && !text.isEmpty())
            speaker = lane;
        if (speaker == lane)
            onText(text);
    }

    std::array<Lane, 2> lanes;
    std::stop_source timer;
    QPromise<void> settled;
    int winner = -1;
    int speaker = -1;
};

HedgedRequest::HedgedRequest(RequestSender &sender, Clock &clock)
    : m_sender(sender)
    , m_clock(clock)
{
}

QCoro::Task<> HedgedRequest::run(std::shared_ptr<Race> race, int lane, RequestPlan plan)
{
    race->lanes[size_t(lane)].open = true;
    plan.mayBePaidUnseen = true;
    // Not the race itself: it holds the lanes, and they would hold it for ever.
    plan.onText = [race = race.get(), lane, onText = std::move(plan.onText)](const QString &text) {
        race->say(lane, text, onText);
    };
    auto task = m_sender.send(std::move(plan), race->lanes[size_t(lane)].stop.get_token());
    SentRequest sent = co_await task;
    race->end(lane, std::move(sent));
}

QCoro::Task<> HedgedRequest::runSecond(std::shared_ptr<Race> race, std::chrono::milliseconds after,
                                       SecondPlan second)
{
    auto sleep = m_clock.sleep(after, race->timer.get_token());
    co_await sleep;
    // Who has begun to speak is not slow any more.
    if (race->winner >= 0 || race->speaker >= 0 || race->timer.stop_requested())
        co_return;
    std::optional<RequestPlan> plan = second();
    if (!plan)
        co_return;
    auto task = run(race, 1, std::move(*plan));
    co_await task;
}

QCoro::Task<HedgedEnd> HedgedRequest::send(RequestPlan plan, std::chrono::milliseconds after,
                                           SecondPlan second, std::stop_token stop)
{
    const auto race = std::make_shared<Race>();
    const std::stop_callback stopBoth{stop, [&race] { race->stopAll(); }};
    auto first = run(race, 0, std::move(plan));
    auto later = runSecond(race, after, std::move(second));
    auto settled = race->settled.future();
    co_await settled;
    co_await first;
    co_await later;
    HedgedEnd end;
    end.sent = std::move(*race->lanes[size_t(race->winner)].sent);
    if (race->lanes[1].open) {
        end.other = std::move(race->lanes[size_t(1 - race->winner)].sent);
        end.sent.hop.hedge = true;
        end.other->hop.hedge = true;
    }
    co_return end;
}

} // namespace headgate::engine
