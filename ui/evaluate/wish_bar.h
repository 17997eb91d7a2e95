#pragma once

#include "ui/evaluate/tune_request.h"
#include "ui/evaluate/tuning.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace headgate::ui {

class SearchOptionsPopup;

// What is wanted of the cascade: as good as the best model alone, within a budget, or in time; and
// how it is searched. A field that is wrong says so below itself, and then nothing is asked for.
class WishBar final : public QWidget
{
    Q_OBJECT
public:
    enum class Kind { MatchBestSingle, Budget, Latency };

    explicit WishBar(QWidget *parent = nullptr);

    // Which models there are, and whether a latency can be asked for.
    void setOutcomes(const LoadedOutcomes &outcomes);
    std::optional<TuneRequest> request() const; // none: a field is wrong
    void openOptions();
    // Why nothing that was found grants the wish; empty: it is granted.
    void setRefusal(const QString &sentence);

Q_SIGNALS:
    void changed(); // what is asked for is another, and can be

private:
    QComboBox *makeStages();
    void showKind();
    void check();
    void ask();
    Kind kind() const;
    std::optional<double> amount() const; // none: the field is wrong

    QComboBox *m_kind = nullptr;
    QLineEdit *m_amount = nullptr;
    QLabel *m_unit = nullptr;
    QComboBox *m_stages = nullptr;
    QPushButton *m_options = nullptr;
    SearchOptionsPopup *m_popup = nullptr;
    QLabel *m_problem = nullptr;
    QString m_refusal;
    bool m_wasAsked = false; // the amount was entered, so that an empty one is a mistake
};

} // namespace headgate::ui
