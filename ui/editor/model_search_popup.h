#pragma once

#include "ui/editor/known_models.h"
#include "ui/editor/search_popup.h"

class QSortFilterProxyModel;
class QStandardItemModel;

namespace headgate::ui {

class Theme;

// The models that are known, to be taken into the policy; last the way to enter one by hand. The
// theme outlives it.
class ModelSearchPopup final : public SearchPopup
{
    Q_OBJECT
public:
    explicit ModelSearchPopup(const Theme &theme, QWidget *parent = nullptr);

    void setModels(const QList<KnownModel> &models);
    void openBelow(const QWidget &widget);

Q_SIGNALS:
    void chosen(const headgate::ui::KnownModel &model);
    void byHandChosen();

protected:
    void search(const QString &text) override;
    void take(const QModelIndex &row) override;

private:
    QList<KnownModel> m_models;
    QStandardItemModel *m_rows = nullptr;
    QSortFilterProxyModel *m_filter = nullptr;
};

} // namespace headgate::ui
