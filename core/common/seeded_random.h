#pragma once

#include <QtGlobal>

#include <bit>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>

namespace headgate {

// Random numbers of what is to come out the same again (resamples, random routers, training): the
// same for the same seed on every machine, which the distributions of the standard library do not
// promise. xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators",
// 2021), its state filled by SplitMix64.
class SeededRandom
{
public:
    explicit SeededRandom(quint64 seed)
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

    // Of mean 0 and variance 1 (Marsaglia's polar method, the second of each two left unused).
    double normal()
    {
        for (;;) {
            const double x = 2 * uniform() - 1;
            const double y = 2 * uniform() - 1;
            const double square = x * x + y * y;
            if (square > 0 && square < 1)
                return x * std::sqrt(-2 * std::log(square) / square);
        }
    }

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

    // Every order equally likely (Fisher and Yates).
    template<typename Value>
    void shuffle(std::span<Value> values)
    {
        for (size_t left = values.size(); left > 1; --left)
            std::swap(values[left - 1], values[below(quint32(left))]);
    }

private:
    quint64 m_state[4];
};

} // namespace headgate
