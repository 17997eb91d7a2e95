#pragma once

#include "core/policy/policy_document.h"

namespace headgate::ui {

// What one sees of a drawing: how near, where, and what is selected.
struct DrawingPlace
{
    double zoom = 1;                 // 1 = 100 %
    QPointF centre{};                // in canvas units
    QList<policy::NodeId> selected{};

    bool operator==(const DrawingPlace &) const = default;
};

} // namespace headgate::ui
