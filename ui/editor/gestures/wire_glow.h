#pragma once

#include "core/policy/policy_document.h"

#include <QRectF>

#include <optional>

class QGraphicsPathItem;

namespace headgate::ui {

class PolicyScene;
class WireItem;

// The wire that a card dragged over it would be put into; it glows while that is so. The scene
// outlives it.
class WireGlow
{
public:
    explicit WireGlow(PolicyScene &scene);
    ~WireGlow();
    WireGlow(const WireGlow &) = delete;
    WireGlow &operator=(const WireGlow &) = delete;

    void follow(const QRectF &card); // where it is dragged now, canvas units
    void stop();
    const std::optional<policy::Wire> &wire() const { return m_wire; }

private:
    const WireItem *wireUnder(const QRectF &card) const;

    PolicyScene &m_scene;
    std::optional<policy::Wire> m_wire;
    QGraphicsPathItem *m_glow = nullptr; // in the scene while a wire glows
};

} // namespace headgate::ui
