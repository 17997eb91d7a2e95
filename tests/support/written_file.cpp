#include "tests/support/written_file.h"

#include <QFile>

#include <zlib.h>

using namespace Qt::StringLiterals;

namespace headgate::test {

QByteArray gzipped(const QByteArray &bytes)
{
    z_stream stream{};
    constexpr int kGzip = 16; // a gzip header around it
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip + MAX_WBITS, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        qFatal("zlib cannot be used");
    QByteArray packed(qsizetype(deflateBound(&stream, uLong(bytes.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(packed.data());
    stream.avail_out = uInt(packed.size());
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END)
        qFatal("the bytes cannot be packed");
    packed.resize(qsizetype(stream.total_out));
    deflateEnd(&stream);
    return packed;
}

QString WrittenFiles::freePath(const QString &name)
{
    return m_folder.filePath(u"%1-%2"_s.arg(++m_written).arg(name.isEmpty() ? u"file"_s : name));
}

QString WrittenFiles::write(const QByteArray &bytes, const QString &name)
{
    QFile file(freePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("%s cannot be written", qPrintable(file.fileName()));
    return file.fileName();
}

QString WrittenFiles::writeGzip(const QByteArray &bytes, const QString &name)
{
    return write(gzipped(bytes), name);
}

} // namespace headgate::test
