#pragma once

#include <QFont>
#include <QPointF>

namespace headgate::ui {

// Sizes of the drawing, in canvas units (1 unit = 1 px at 100 %).
constexpr double kGrid = 20;
constexpr double kCardWidth = 180;
constexpr double kFlowCardWidth = 140; // query and answer
constexpr double kHeaderHeight = 56;
constexpr double kStripHeight = 24;
constexpr double kFirstPortY = 30; // of both sides, so that cards of one row join straight
constexpr double kPortStep = 24;

constexpr int kTitlePixels = 14;
constexpr int kCaptionPixels = 12;
constexpr int kNotePixels = 13;
// A card from afar shows its name alone, and larger.
constexpr int kFarTitlePixels = 24;

// Text of which a font would come out smaller is not drawn: from its ascenders to its descenders a
// line of this font is about 8 px high.
constexpr double kReadablePixels = 7.2;
// Below this scale ports are too small to be seen.
constexpr double kLodDots = 0.3;

// The least scale at which a drawing opens: names are easily read.
constexpr double kOpeningZoom = 0.5;
constexpr double kMinZoom = 0.1;
constexpr double kMaxZoom = 4.0;
constexpr double kSnapPixels = 24; // on the screen

// The system's font at a size of the canvas, which scales with the zoom only.
QFont canvasFont(int pixelSize, QFont::Weight weight = QFont::Normal);

QPointF snappedToGrid(QPointF point);

} // namespace headgate::ui
