#pragma once

#include "core/learning/artifact.h"

#include <bit>
#include <cmath>
#include <span>
#include <vector>

namespace headgate::learning {

// The file of an artifact:
//   "HEADGATE ARTIFACT\n", version (u32), length of the head (u64), head, blocks, SHA-256 of it all
// where the head is JSON: {"kind", "header", "blocks": [{"name", "bytes"}]}, the blocks in its
// order. Numbers are little-endian. The same artifact gives the same bytes.
inline constexpr quint32 kArtifactVersion = 1;
inline constexpr qint64 kLargestArtifact = qint64(1) << 30; // bytes

[[nodiscard]] QByteArray toBytes(const Artifact &artifact);
// Damaged: no artifact, cut short, or changed since; UnsupportedVersion: written by a newer one.
[[nodiscard]] Result<Artifact> artifactFromBytes(const QByteArray &bytes);

// Named after what it holds: "<kind>-<16 hex digits of its SHA-256>.hga".
[[nodiscard]] QString artifactFileName(const Artifact &artifact);
// Writes it into that folder and returns the name of the file; whole or not at all. A file of that
// name that holds the same stays as it is.
[[nodiscard]] Result<QString> saveArtifact(const Artifact &artifact, const QString &folder);
// The sentence names the file.
[[nodiscard]] Result<Artifact> readArtifact(const QString &path);

static_assert(std::endian::native == std::endian::little, "blocks are little-endian");

// What readers of blocks say where those are not as they were written.
[[nodiscard]] tl::unexpected<Error> damagedArtifact(const QString &detail);

// Numbers as a block, and back. Damaged where the block is absent or of another size.
template<typename Number>
QByteArray blockOf(const std::vector<Number> &numbers)
{
    return QByteArray(reinterpret_cast<const char *>(numbers.data()),
                      qsizetype(numbers.size() * sizeof(Number)));
}
[[nodiscard]] Result<QByteArray> blockNamed(const Artifact &artifact, const QString &name,
                                            qsizetype bytes);
template<typename Number>
Result<std::vector<Number>> numbersIn(const Artifact &artifact, const QString &name, size_t count)
{
    return blockNamed(artifact, name, qsizetype(count * sizeof(Number)))
        .map([&](const QByteArray &block) {
            std::vector<Number> numbers(count);
            std::copy_n(block.constData(), block.size(), reinterpret_cast<char *>(numbers.data()));
            return numbers;
        });
}

// The same of numbers that are all finite; Damaged else.
template<typename Number>
Result<std::vector<Number>> finiteNumbersIn(const Artifact &artifact, const QString &name,
                                            size_t count)
{
    return numbersIn<Number>(artifact, name, count)
        .and_then([&](std::vector<Number> numbers) -> Result<std::vector<Number>> {
            for (const Number number : numbers) {
                if (!std::isfinite(number))
                    return damagedArtifact(QStringLiteral("block “%1” holds no number").arg(name));
            }
            return numbers;
        });
}

} // namespace headgate::learning
