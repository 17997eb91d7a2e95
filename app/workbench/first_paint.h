#pragma once

#include <functional>

class QWidget;

namespace headgate::workbench {

// Calls `then` once, from the event loop, after the window's first paint reached the screen.
void afterFirstPaint(QWidget &window, std::function<void()> then);

} // namespace headgate::workbench
