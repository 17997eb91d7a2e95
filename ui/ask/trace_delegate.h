#pragma once

#include <QStyledItemDelegate>

namespace headgate::ui {

class Theme;

// Draws a row of TraceModel: name over subtitle, a bar on the common time ruler, the time.
// Retries and failures are red, discarded text is pale, waiting for the first token is lighter
// than streaming; simulated calls are hatched.
class TraceDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    static constexpr int kRowHeight = 38;

    explicit TraceDelegate(const Theme &theme, QObject *parent = nullptr); // theme outlives it

    void setSpan(std::chrono::nanoseconds span) { m_span = span; }
    void setSimulated(bool simulated) { m_simulated = simulated; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintStep(QPainter *painter, const QRect &area, const QModelIndex &index,
                   bool selected) const;
    void paintBar(QPainter *painter, const QRect &area, const QModelIndex &index) const;
    QColor barColor(const QModelIndex &index) const;

    const Theme &m_theme;
    std::chrono::nanoseconds m_span{};
    bool m_simulated = false;
};

} // namespace headgate::ui
