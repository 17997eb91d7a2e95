#pragma once

#include "core/engine/run_trace.h"

#include <QWidget>

class QHBoxLayout;

namespace headgate::ui {

class Theme;
struct KindStyle;

// The taken path as a row of chips in their kinds' colours: Query › Finch-mini › Gate 1: 0.47 › …
class PathStrip final : public QWidget
{
    Q_OBJECT
public:
    explicit PathStrip(const Theme &theme, QWidget *parent = nullptr); // theme outlives it

    void clear(const QString &hint);
    void append(const engine::Hop &hop);
    void show(const QList<engine::Hop> &hops);
    QString text() const; // "Query › Finch-mini › Gate 1: 0.47"

Q_SIGNALS:
    void nodeActivated(const headgate::policy::NodeId &node);

private:
    void rebuild();
    void addChip(const QString &text, const KindStyle &style, const policy::NodeId &node);

    const Theme &m_theme;
    QList<engine::Hop> m_hops;
    QString m_hint;
    QHBoxLayout *m_row = nullptr;
};

} // namespace headgate::ui
