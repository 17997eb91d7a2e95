#pragma once

#include <QtGlobal>

namespace headgate::engine {

// In [0, 1), the same for the same seed and draw (splitmix64).
inline double seededFraction(quint64 seed, int draw)
{
    quint64 bits = seed + 0x9e3779b97f4a7c15ULL * quint64(draw);
    bits = (bits ^ (bits >> 30)) * 0xbf58476d1ce4e5b9ULL;
    bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
    bits ^= bits >> 31;
    return double(bits >> 11) * 0x1.0p-53;
}

} // namespace headgate::engine
