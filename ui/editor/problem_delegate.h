#pragma once

#include <QStyledItemDelegate>

namespace headgate::ui {

class Theme;

// A row of the problems: the mark of its severity, the sentence with the node's name standing out,
// the number where there are several, and room for the button at the right.
class ProblemDelegate final : public QStyledItemDelegate
{
    Q_OBJECT
public:
    ProblemDelegate(const Theme &theme, QObject *parent); // the theme outlives it

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override;

private:
    void paintSentence(QPainter &painter, const QStyleOptionViewItem &option, const QRect &room,
                       const QModelIndex &index) const;

    const Theme &m_theme;
};

} // namespace headgate::ui
