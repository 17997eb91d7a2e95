#pragma once

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

namespace headgate::learning {

// Calls work(0) to work(count - 1), each once, on this thread and as many more as the machine has
// use for; returns when all have ended. What one writes, no other reads.
template<typename Work>
void inParallel(int count, const Work &work)
{
    std::atomic<int> next = 0;
    const auto drain = [&] {
        for (int at = next++; at < count; at = next++)
            work(at);
    };
    constexpr int kMostThreads = 8; // each holds a matrix of its own
    const int threads = std::min({count, kMostThreads, int(std::thread::hardware_concurrency())});
    std::vector<std::jthread> others;
    for (int other = 1; other < threads; ++other)
        others.emplace_back(drain);
    drain();
}

} // namespace headgate::learning
