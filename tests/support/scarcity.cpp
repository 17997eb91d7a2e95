#include "tests/support/scarcity.h"

#include <atomic>
#include <cerrno>
#include <cstdint>

#include <pthread.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define HEADGATE_SANITIZED 1
#endif

namespace {

std::atomic<std::size_t> largestPiece{SIZE_MAX};

// More than a process can address, so that no stack of this size can be had.
constexpr std::size_t kNoStack = std::size_t(1) << 47;

} // namespace

#ifndef HEADGATE_SANITIZED

// In place of the library's, for the whole process.
extern "C" {

void *__libc_malloc(std::size_t size);
void *__libc_calloc(std::size_t count, std::size_t size);
void *__libc_realloc(void *old, std::size_t size);

void *malloc(std::size_t size)
{
    if (size <= largestPiece)
        return __libc_malloc(size);
    errno = ENOMEM;
    return nullptr;
}

void *calloc(std::size_t count, std::size_t size)
{
    if (size == 0 || count <= largestPiece / size)
        return __libc_calloc(count, size);
    errno = ENOMEM;
    return nullptr;
}

void *realloc(void *old, std::size_t size)
{
    if (size <= largestPiece)
        return __libc_realloc(old, size);
    errno = ENOMEM;
    return nullptr;
}
}

#endif

namespace headgate::test {

ScarceMemory::ScarceMemory(std::size_t largest)
{
    largestPiece = largest;
}

ScarceMemory::~ScarceMemory()
{
    largestPiece = SIZE_MAX;
}

bool ScarceMemory::isReal()
{
#ifdef HEADGATE_SANITIZED
    return false;
#else
    return true;
#endif
}

NoThreads::NoThreads()
{
    pthread_attr_t attributes;
    pthread_getattr_default_np(&attributes);
    pthread_attr_getstacksize(&attributes, &m_usual);
    pthread_attr_setstacksize(&attributes, kNoStack);
    pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
}

NoThreads::~NoThreads()
{
    pthread_attr_t attributes;
    pthread_getattr_default_np(&attributes);
    pthread_attr_setstacksize(&attributes, m_usual);
    pthread_setattr_default_np(&attributes);
    pthread_attr_destroy(&attributes);
}

} // namespace headgate::test
