#pragma once

#include "ui/editor/palette_model.h"
#include "ui/editor/search_popup.h"

namespace headgate::ui {

// The kinds of nodes that may stand at a place; favourites and what was used last come first.
class NodeSearchPopup final : public SearchPopup
{
    Q_OBJECT
public:
    explicit NodeSearchPopup(const Theme &theme, QWidget *parent = nullptr);

    void setUsage(const KindUsage &usage); // outlives it
    void openAt(QPoint globalPlace, const QString &prompt, PaletteFilter::Accept accept);

Q_SIGNALS:
    void chosen(const QString &kind);

protected:
    void search(const QString &text) override;
    void take(const QModelIndex &row) override;

private:
    PaletteFilter *m_filter = nullptr; // a child
};

} // namespace headgate::ui
