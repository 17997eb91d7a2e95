#include "app/cli/prompt_file.h"

#include "app/cli/texts.h"
#include "core/common/json.h"

#include <QFile>

#include <zlib.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace headgate::cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestLine = 16 * 1024 * 1024;

struct CloseGzip
{
    void operator()(gzFile file) const { gzclose(file); }
};
using GzipFile = std::unique_ptr<std::remove_pointer_t<gzFile>, CloseGzip>;

// The next line without its end; none at the end of the file.
Result<std::optional<QByteArray>> readLine(gzFile file)
{
    QByteArray line;
    std::array<char, 64 * 1024> buffer{};
    while (gzgets(file, buffer.data(), int(buffer.size()))) {
        line += buffer.data();
        if (line.endsWith('\n'))
            return line.chopped(1);
        if (line.size() > kLongestLine)
            return fail(ErrorCode::InvalidInput, Texts::tr("is longer than 16 MiB"));
    }
    int code = Z_OK;
    const char *message = gzerror(file, &code);
    if (code != Z_OK)
        return fail(ErrorCode::Damaged, Texts::tr("cannot be read: the file is damaged or cut"),
                    QString::fromUtf8(message));
    return line.isEmpty() ? std::nullopt : std::optional(line);
}

Result<QString> promptIn(const QByteArray &line)
{
    const Result<Json> object = parseJson(line);
    if (!object)
        return fail(ErrorCode::InvalidInput, Texts::tr("is no valid JSON"));
    const QString prompt = jsonString(*object, "prompt");
    if (prompt.trimmed().isEmpty())
        return fail(ErrorCode::InvalidInput, Texts::tr("has no \"prompt\""));
    return prompt;
}

} // namespace

Result<QStringList> readPrompts(const QString &path, int limit)
{
    errno = 0;
    const GzipFile file(gzopen(QFile::encodeName(path).constData(), "rb"));
    if (!file)
        return fail(ErrorCode::Io, Texts::tr("%1 cannot be opened: %2.")
                                       .arg(path, QString::fromLocal8Bit(std::strerror(errno))));
    QStringList prompts;
    for (int number = 1; limit == 0 || prompts.size() < limit; ++number) {
        const auto refuse = [&path, number](const Error &error) {
            return fail(error.code,
                        Texts::tr("%1, line %2 %3.").arg(path).arg(number).arg(error.message),
                        error.detail);
        };
        const auto line = readLine(file.get());
        if (!line)
            return refuse(line.error());
        if (!*line)
            break;
        if ((*line)->trimmed().isEmpty())
            continue;
        const auto prompt = promptIn(**line);
        if (!prompt)
            return refuse(prompt.error());
        prompts.append(*prompt);
    }
    if (prompts.isEmpty())
        return fail(ErrorCode::InvalidInput, Texts::tr("%1 has no prompts.").arg(path));
    return prompts;
}

} // namespace headgate::cli
