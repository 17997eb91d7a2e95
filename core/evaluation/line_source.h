#pragma once

#include "core/common/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <memory>
#include <optional>

namespace headgate::evaluation {

// The lines of a file, plain or gzip (told by its content), one at a time: memory is one block and
// the longest line. A byte order mark is skipped; lines end with LF, CRLF, or the file.
class LineSource
{
public:
    // The most that one line may have; a longer one ends the reading with an error.
    static constexpr qint64 kLongestLine = 64 * 1024 * 1024;

    [[nodiscard]] static Result<LineSource> open(const QString &path);
    LineSource(LineSource &&) noexcept;
    LineSource &operator=(LineSource &&) noexcept;
    ~LineSource();

    // The next line without its end, valid until the next call; none at the end of the file. The
    // error names the file and the line.
    [[nodiscard]] Result<std::optional<QByteArrayView>> next();

    qint64 lineNumber() const; // of the line last given, from 1
    qint64 bytesRead() const;  // of the file as it lies on the disk: for progress
    qint64 fileSize() const;

private:
    struct State;
    explicit LineSource(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

} // namespace headgate::evaluation
