#pragma once

#include <QByteArray>
#include <QString>

namespace headgate::test {

// All bytes of a PDF with its compressed streams unpacked.
QByteArray unpackedPdf(const QByteArray &pdf);
// What a reader of the PDF can read: its glyphs, by the fonts' own tables, a line a run of text.
QString textOfPdf(const QByteArray &pdf);

} // namespace headgate::test
