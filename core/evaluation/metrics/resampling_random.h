#pragma once

#include <QtGlobal>

#include <bit>
#include <cstddef>

namespace headgate::evaluation {

// The numbers behind resamples and random routers: the same for the same seed on every machine,
// which the distributions of the standard library do not promise. xoshiro256++ (Blackman and Vigna,
// "Scrambled linear pseudorandom number generators", 2021), its state filled by SplitMix64.
class ResamplingRandom
{
public:
    explicit ResamplingRandom(quint64 seed)
    {
        for (quint64 &word : m_state) {
            seed += 0x9e3779b97f4a7c15ULL;
            quint64 bits = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9ULL;
            bits = (bits ^ (bits >> 27)) * 0x94d049bb133111ebULL;
            word = bits ^ (bits >> 31);
        }
    }

    quint64 next()
    {
        const quint64 result = std::rotl(m_state[0] + m_state[3], 23) + m_state[0];
        const quint64 shifted = m_state[1] << 17;
        m_state[2] ^= m_state[0];
        m_state[3] ^= m_state[1];
        m_state[1] ^= m_state[2];
        m_state[0] ^= m_state[3];
        m_state[2] ^= shifted;
        m_state[3] = std::rotl(m_state[3], 45);
        return result;
    }

    // In [0, 1).
    double uniform() { return double(next() >> 11) * 0x1.0p-53; }

    // In [0, count), each equally likely (Lemire, "Fast random integer generation in an interval",
    // 2019). `count` is above 0.
    quint32 below(quint32 count)
    {
        quint64 product = (next() >> 32) * count;
        if (quint32(product) < count) {
            const quint32 uneven = (0U - count) % count;
            while (quint32(product) < uneven)
                product = (next() >> 32) * count;
        }
        return quint32(product >> 32);
    }

private:
    quint64 m_state[4];
};

} // namespace headgate::evaluation
