#pragma once

#include <cstddef>

namespace headgate::test {

// While it stands, no memory is to be had in pieces larger than this. Not in sanitized builds,
// which have allocators of their own: isReal() is false there.
class ScarceMemory
{
public:
    explicit ScarceMemory(std::size_t largest);
    ~ScarceMemory();
    ScarceMemory(const ScarceMemory &) = delete;
    ScarceMemory &operator=(const ScarceMemory &) = delete;

    static bool isReal();
};

// While it stands, the system gives no further thread, whoever asks for it.
class NoThreads
{
public:
    NoThreads();
    ~NoThreads();
    NoThreads(const NoThreads &) = delete;
    NoThreads &operator=(const NoThreads &) = delete;

private:
    std::size_t m_usual = 0; // size of a stack
};

} // namespace headgate::test
