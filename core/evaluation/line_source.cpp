#include "core/evaluation/line_source.h"

#include "core/evaluation/texts.h"

#include <QFile>
#include <QFileInfo>

#include <zlib.h>

#include <cstring>

namespace headgate::evaluation {

namespace {

constexpr qsizetype kBlock = 256 * 1024;
constexpr QByteArrayView kByteOrderMark("\xEF\xBB\xBF", 3);

struct GzipClose
{
    void operator()(gzFile_s *file) const { gzclose_r(file); }
};

} // namespace

struct LineSource::State
{
    QString path;
    qint64 size = 0;
    std::unique_ptr<gzFile_s, GzipClose> file;
    QByteArray buffer;
    qsizetype begin = 0; // of what was not given yet
    qsizetype end = 0;
    qint64 line = 0;
    bool atEnd = false;

    // More bytes behind `end`; false at the end of the file.
    Result<bool> fill()
    {
        if (atEnd)
            return false;
        if (begin > 0) {
            std::memmove(buffer.data(), buffer.constData() + begin, size_t(end - begin));
            end -= begin;
            begin = 0;
        }
        if (buffer.size() - end < kBlock)
            buffer.resize(qMax(buffer.size() * 2, end + kBlock));
        const int got = gzread(file.get(), buffer.data() + end, unsigned(buffer.size() - end));
        int code = Z_OK;
        const char *why = gzerror(file.get(), &code);
        // A file that is cut inside of its gzip stream gives what it has, and says so here only.
        if (got < 0 || (code != Z_OK && code != Z_STREAM_END))
            return fail(ErrorCode::Damaged,
                        Texts::tr("“%1” cannot be read behind line %2: it is cut short or damaged.")
                            .arg(QFileInfo(path).fileName())
                            .arg(line),
                        QString::fromUtf8(why));
        atEnd = got == 0;
        end += got;
        return got > 0;
    }

    QByteArrayView take(qsizetype length, qsizetype with)
    {
        QByteArrayView text(buffer.constData() + begin, length);
        begin += with;
        if (line++ == 0 && text.startsWith(kByteOrderMark))
            text = text.sliced(kByteOrderMark.size());
        return text.endsWith('\r') ? text.chopped(1) : text;
    }
};

LineSource::LineSource(std::unique_ptr<State> state)
    : m_state(std::move(state))
{
}
LineSource::LineSource(LineSource &&) noexcept = default;
LineSource &LineSource::operator=(LineSource &&) noexcept = default;
LineSource::~LineSource() = default;

Result<LineSource> LineSource::open(const QString &path)
{
    QFile probe(path);
    if (!probe.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Io,
                    Texts::tr("“%1” cannot be read: %2.").arg(path, probe.errorString()));
    auto state = std::make_unique<State>();
    state->path = path;
    state->size = probe.size();
    state->file.reset(gzopen(QFile::encodeName(path).constData(), "rb"));
    if (!state->file)
        return fail(ErrorCode::Io, Texts::tr("“%1” cannot be read.").arg(path));
    gzbuffer(state->file.get(), unsigned(kBlock));
    return LineSource(std::move(state));
}

Result<std::optional<QByteArrayView>> LineSource::next()
{
    State &state = *m_state;
    qsizetype searched = 0;
    for (;;) {
        const char *from = state.buffer.constData() + state.begin;
        const qsizetype held = state.end - state.begin;
        if (const void *found = held > searched
                                    ? std::memchr(from + searched, '\n', size_t(held - searched))
                                    : nullptr) {
            const qsizetype length = static_cast<const char *>(found) - from;
            return state.take(length, length + 1);
        }
        searched = held;
        if (held > kLongestLine)
            return fail(ErrorCode::InvalidInput, Texts::tr("Line %1 of “%2” is longer than %3 MB.")
                                                     .arg(state.line + 1)
                                                     .arg(QFileInfo(state.path).fileName())
                                                     .arg(kLongestLine / (1024 * 1024)));
        const auto more = state.fill();
        if (!more)
            return tl::unexpected(more.error());
        if (!*more)
            return held > 0 ? std::optional(state.take(held, held)) : std::nullopt;
    }
}

qint64 LineSource::lineNumber() const
{
    return m_state->line;
}

qint64 LineSource::bytesRead() const
{
    return qint64(gzoffset(m_state->file.get()));
}

qint64 LineSource::fileSize() const
{
    return m_state->size;
}

} // namespace headgate::evaluation
