#include "ui/editor/model_search_popup.h"

#include "ui/common/theme.h"

#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr QSize kModelPopupSize(380, 380);
constexpr int kModelRowHeight = 44;
constexpr int kBelowField = 4;
constexpr int kModelRole = Qt::UserRole;      // index into the models; -1: by hand
constexpr int kDetailRole = Qt::UserRole + 1; // below the name
constexpr int kPriceRole = Qt::UserRole + 2;  // at the right

// Name and price, and below them who serves the model.
class ModelDelegate final : public QStyledItemDelegate
{
public:
    ModelDelegate(const Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {0, kModelRowHeight};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const bool current = option.state & QStyle::State_Selected;
        if (current) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(m_theme.color(Token::AccentWash));
            painter->drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), Theme::kControlRadius,
                                     Theme::kControlRadius);
        }
        const QRect room = option.rect.adjusted(10, 5, -10, -5);
        const QString detail = index.data(kDetailRole).toString();
        const QRect upper = detail.isEmpty() ? room : room.adjusted(0, 0, 0, -room.height() / 2);
        painter->setFont(option.font);
        painter->setPen(m_theme.color(current ? Token::Accent : Token::Text));
        painter->drawText(upper, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
        QFont small = option.font;
        small.setPixelSize(Theme::kSecondarySize);
        painter->setFont(small);
        painter->setPen(m_theme.color(Token::TextSecondary));
        painter->drawText(upper, Qt::AlignRight | Qt::AlignVCenter,
                          index.data(kPriceRole).toString());
        const QRect lower = room.adjusted(0, room.height() / 2, 0, 0);
        painter->drawText(lower, Qt::AlignLeft | Qt::AlignVCenter,
                          painter->fontMetrics().elidedText(detail, Qt::ElideRight, lower.width()));
        painter->restore();
    }

private:
    const Theme &m_theme;
};

} // namespace

ModelSearchPopup::ModelSearchPopup(const Theme &theme, QWidget *parent)
    : SearchPopup(parent)
    , m_rows(new QStandardItemModel(this))
    , m_filter(new QSortFilterProxyModel(this))
{
    m_filter->setSourceModel(m_rows);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filter->setFilterRole(Qt::AccessibleTextRole);
    setObjectName(u"modelSearch"_s);
    setAccessibleName(tr("Add a model"));
    text().setObjectName(u"modelSearchText"_s);
    text().setAccessibleName(tr("Search models"));
    text().setPlaceholderText(tr("Search models and providers"));
    list().setObjectName(u"modelSearchList"_s);
    list().setAccessibleName(tr("Models that are known"));
    list().setModel(m_filter);
    list().setItemDelegate(new ModelDelegate(theme, this));
    list().setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setModels({});
}

void ModelSearchPopup::setModels(const QList<KnownModel> &models)
{
    m_models = models;
    m_rows->clear();
    const auto add = [this](const QString &name, const QString &detail, const QString &price,
                            qsizetype model) {
        auto *item = new QStandardItem(name);
        item->setData(detail, kDetailRole);
        item->setData(price, kPriceRole);
        item->setData(int(model), kModelRole);
        item->setData(u"%1, %2, %3"_s.arg(name, detail, price), Qt::AccessibleTextRole);
        m_rows->appendRow(item);
    };
    for (qsizetype i = 0; i < models.size(); ++i) {
        const KnownModel &model = models[i];
        const QString place = u"%1 · %2"_s.arg(model.provider, model.model);
        const QString detail = model.isSimulated ? tr("%1 · simulated").arg(place)
                               : model.isReady   ? place
                                                 : tr("%1 · provider not set up").arg(place);
        add(model.label, detail, priceText(model), i);
    }
    add(tr("Another model, by hand…"), {}, {}, -1);
}

void ModelSearchPopup::openBelow(const QWidget &widget)
{
    if (m_models.isEmpty()) {
        Q_EMIT byHandChosen(); // there is nothing else to choose
        return;
    }
    showAt(widget.mapToGlobal(widget.rect().bottomLeft()) + QPoint(0, kBelowField),
           kModelPopupSize);
}

void ModelSearchPopup::search(const QString &text)
{
    m_filter->setFilterFixedString(text);
}

void ModelSearchPopup::take(const QModelIndex &row)
{
    if (!row.isValid())
        return;
    const int model = row.data(kModelRole).toInt();
    hide();
    if (model < 0)
        Q_EMIT byHandChosen();
    else
        Q_EMIT chosen(m_models[model]);
}

} // namespace headgate::ui
