#pragma once

#include "core/common/result.h"
#include "core/policy/policy_document.h"

#include <QDate>
#include <QImage>

class QPagedPaintDevice;

namespace headgate::ui {

class Theme;

// Pictures of a policy without a view of it. All of them draw what the canvas draws; text is text
// wherever the format knows it. Those that leave as files or on paper hold no key, wherever in the
// policy one was written. On the thread of the user interface.

// The drawing fitted into `size` device-independent pixels, on the canvas' ground: for previews.
// What would be too small to be read is left out.
QImage drawingPicture(const policy::PolicyDocument &document, const Theme &theme, QSize size,
                      qreal pixelRatio);

// On white, at 100 %, with the policy's name and the date above. A file that cannot be written is
// left as it was, and the error says so.
Result<> exportDrawingAsSvg(const policy::PolicyDocument &document, const QString &path,
                            QDate date);
// The same in twice as many pixels; a drawing too large for that in as many as an image can have.
Result<> exportDrawingAsPng(const policy::PolicyDocument &document, const QString &path,
                            QDate date);

// On one page, as large as it fits; turns the page where the drawing is wider than high. `device`
// is a printer or a PDF writer that nothing was printed on yet.
Result<> printDrawing(const policy::PolicyDocument &document, QPagedPaintDevice &device,
                      QDate date);

} // namespace headgate::ui
