#include "ui/evaluate/history_card.h"

#include "ui/common/number_format.h"
#include "ui/common/theme.h"

#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kLineHeight = 36;
constexpr int kRowHeight = 24;
constexpr int kMostRows = 5;

bool isScored(const HistoryScores::Score &score)
{
    return score.measured && score.measured->isMeasured() && score.measured->quality.isDefined();
}

QString qualityText(double quality)
{
    return QLocale().toString(quality, 'f', 3);
}

QString costText(const MeasuredPolicy &measured)
{
    const auto money = measured.costPer1k ? Money::fromUsd(*measured.costPer1k)
                                          : Result<Money>(fail(ErrorCode::NotFound, {}));
    return money ? formatMoney(*money) : HistoryModel::tr("unknown");
}

} // namespace

void HistoryModel::setScores(const QList<HistoryScores::Score> &scores)
{
    beginResetModel();
    m_scores = scores;
    endResetModel();
}

const HistoryScores::Score &HistoryModel::score(int row) const
{
    return m_scores[m_scores.size() - 1 - row];
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_scores.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const HistoryScores::Score &each = score(index.row());
    if (role == Qt::FontRole && each.isCurrent) {
        QFont font = Theme::bodyFont();
        font.setWeight(QFont::DemiBold);
        return font;
    }
    if (role == Qt::TextAlignmentRole)
        return int(index.column() == StepColumn ? Qt::AlignLeft | Qt::AlignVCenter
                                                : Qt::AlignRight | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole) {
        if (each.measured && !each.measured->isMeasured())
            return tr("%1\nNot measured: %2").arg(each.text, each.measured->problem);
        if (!isScored(each))
            return each.text;
        const evaluation::Estimate &quality = each.measured->quality;
        return tr("%1\nquality %2 (%3 to %4), %5 per 1,000 queries, n %6")
            .arg(each.text, qualityText(quality.value), qualityText(quality.low),
                 qualityText(quality.high), costText(*each.measured), formatCount(quality.n));
    }
    if (role == Qt::AccessibleTextRole && index.column() == StepColumn && each.isCurrent)
        return tr("%1, where the drawing is").arg(each.text);
    if (role != Qt::DisplayRole)
        return {};
    if (index.column() == StepColumn)
        return each.text;
    if (!isScored(each))
        return u"–"_s;
    return index.column() == QualityColumn ? qualityText(each.measured->quality.value)
                                           : costText(*each.measured);
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    static constexpr std::array kTitles{QT_TR_NOOP("Step"), QT_TR_NOOP("Quality"),
                                        QT_TR_NOOP("Per 1,000")};
    return tr(kTitles[size_t(section)]);
}

// Quality by step. Steps that are not measured leave a gap.
class HistoryCard::Sparkline final : public QWidget
{
public:
    Sparkline(const Theme &theme, const HistoryModel &model, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
        , m_model(model)
    {
        setFixedHeight(kLineHeight);
        connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const auto &scores = m_model.scores();
        double least = 1;
        double most = 0;
        for (const HistoryScores::Score &score : scores) {
            if (!isScored(score))
                continue;
            least = std::min(least, score.measured->quality.value);
            most = std::max(most, score.measured->quality.value);
        }
        const double span = std::max(most - least, 0.02);
        const QRectF area = QRectF(rect()).adjusted(5, 6, -5, -6);
        const double step = scores.size() > 1 ? area.width() / double(scores.size() - 1) : 0;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        std::optional<QPointF> before;
        for (qsizetype place = 0; place < scores.size(); ++place) {
            const HistoryScores::Score &score = scores[place];
            if (!isScored(score)) {
                before.reset();
                continue;
            }
            const QPointF at(area.left() + step * double(place),
                             area.bottom() -
                                 (score.measured->quality.value - least) / span * area.height());
            painter.setPen(QPen(m_theme.color(Token::Accent), 1.5));
            if (before)
                painter.drawLine(*before, at);
            painter.setBrush(m_theme.color(score.isCurrent ? Token::Surface : Token::Accent));
            painter.drawEllipse(at, score.isCurrent ? 4 : 1.5, score.isCurrent ? 4 : 1.5);
            before = at;
        }
    }

private:
    const Theme &m_theme;
    const HistoryModel &m_model;
};

HistoryCard::HistoryCard(const Theme &theme, QWidget *parent)
    : Card(tr("History"), parent)
    , m_model(new HistoryModel(this))
    , m_table(new QTableView(this))
    , m_line(new Sparkline(theme, *m_model, this))
{
    m_table->setObjectName(u"history"_s);
    m_table->setAccessibleName(tr("Steps of this policy and what they came to"));
    m_table->setModel(m_model);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(kRowHeight);
    QHeaderView *columns = m_table->horizontalHeader();
    columns->hide();
    columns->setMinimumSectionSize(30);
    columns->setSectionResizeMode(HistoryModel::StepColumn, QHeaderView::Stretch);
    columns->resizeSection(HistoryModel::QualityColumn, 56);
    // Bold, and no figure may be cut.
    QFont bold = m_table->font();
    bold.setBold(true);
    columns->resizeSection(HistoryModel::CostColumn,
                           QFontMetrics(bold).horizontalAdvance(u"$0.0000"_s) + 24);
    body()->setSpacing(4);
    body()->addWidget(m_line);
    body()->addWidget(m_table);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    const auto go = [this](const QModelIndex &index) {
        if (!m_model->score(index.row()).isCurrent)
            Q_EMIT stepRequested(m_model->score(index.row()).index);
    };
    connect(m_table, &QTableView::clicked, this, go);
    connect(m_table, &QTableView::activated, this, go);
}

void HistoryCard::setScores(const QList<HistoryScores::Score> &scores)
{
    const QModelIndex kept = m_table->currentIndex();
    m_model->setScores(scores);
    if (kept.isValid() && kept.row() < m_model->rowCount())
        m_table->setCurrentIndex(m_model->index(kept.row(), 0));
    m_table->setFixedHeight(kRowHeight * std::clamp(int(scores.size()), 1, kMostRows) + 2);
    m_line->setVisible(scores.size() > 1);
    m_line->update();
}

} // namespace headgate::ui
