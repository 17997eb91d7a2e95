#pragma once

#include "ui/editor/drawing_place.h"

#include <QList>
#include <QString>

#include <optional>

namespace headgate::workbench {

// What was open when the window was last seen, so that it returns.
struct WindowSession
{
    struct Entry
    {
        QString source; // a file, or an example (":/…")
        std::optional<ui::DrawingPlace> place;
        bool operator==(const Entry &) const = default;
    };

    QList<Entry> entries; // in the order of their tabs
    int current = 0;
    bool operator==(const WindowSession &) const = default;
};

// A text for the settings. What cannot be read is an empty session.
QString formatSession(const WindowSession &session);
WindowSession parseSession(const QString &text);

} // namespace headgate::workbench
