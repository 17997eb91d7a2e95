#pragma once

#include <QByteArrayView>

#include <cmath>
#include <numbers>

namespace headgate::simulation {

// Numbers that depend on a text alone: the same on every machine, whatever the order of calls
// elsewhere. FNV-1a makes the start, SplitMix64 the sequence.
class SeededRandom
{
public:
    explicit SeededRandom(QByteArrayView key)
    {
        for (const char c : key)
            m_state = (m_state ^ quint64(uchar(c))) * 0x100000001b3ULL;
    }

    // In [0, 1).
    double uniform() { return double(next() >> 11) * 0x1.0p-53; }
    // Mean 0, standard deviation 1 (Box and Muller).
    double normal()
    {
        const double radius = std::sqrt(-2 * std::log(1 - uniform()));
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }
    // In [0, count).
    qsizetype index(qsizetype count) { return qsizetype(uniform() * double(count)); }

private:
    quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15ULL;
        quint64 z = m_state;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

    quint64 m_state = 0xcbf29ce484222325ULL;
};

} // namespace headgate::simulation
