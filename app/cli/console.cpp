#include "app/cli/console.h"

#include "core/common/redaction.h"

#include <cstdio>

#include <unistd.h>

namespace headgate::cli {

namespace {

void write(FILE *stream, const QByteArray &text)
{
    std::fwrite(text.constData(), 1, size_t(text.size()), stream);
    std::fflush(stream);
}

} // namespace

void print(const QString &line)
{
    write(stdout, line.toUtf8() + '\n');
}

void print(const Json &document)
{
    write(stdout, formatJson(document));
}

void tell(const QString &line)
{
    write(stderr, redacted(line).toUtf8() + '\n');
}

Progress::Progress()
    : m_isTerminal(::isatty(STDERR_FILENO) == 1)
{
}

void Progress::clear()
{
    if (m_shown)
        write(stderr, "\r\033[K");
    m_shown = false;
}

void Progress::show(const QString &line)
{
    if (!m_isTerminal)
        return;
    m_shown = true;
    write(stderr, "\r\033[K" + line.toUtf8());
}

} // namespace headgate::cli
