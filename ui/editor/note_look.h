#pragma once

#include <QRectF>
#include <QString>

class QPainter;

namespace headgate::ui {

struct NodeCard;
enum class Medium;
class Theme;

// A note on the drawing: a calm sheet with its words, wrapped.
void paintNote(QPainter &painter, const NodeCard &card, const Theme &theme, Medium medium);
void paintNoteBlock(QPainter &painter, const NodeCard &card, const Theme &theme);
// Where a note's words stand, in its own coordinates.
QRectF noteTextArea(const QRectF &note);
// The lower right corner, by which a note is made larger, in its own coordinates.
QRectF noteHandle(const QRectF &note);

} // namespace headgate::ui
