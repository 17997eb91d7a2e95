#pragma once

class QWidget;

namespace headgate::ui {

// Makes Tab go through the widgets below the root as they stand in its layouts: by row, and within
// a row in the order in which they were added. For forms that draw parts of themselves later, which
// Qt would put at the end.
void orderTabsByLayout(QWidget *root);

// The same for the whole page of the scroll area that the widget stands in, once control is back
// in the loop.
void orderTabsSoon(QWidget *widget);

} // namespace headgate::ui
