#pragma once

#include "core/evaluation/graders/grader.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace headgate::ui {

class FieldForm;
class Theme;

// Chooses a grader and its options. Drawn from what the kinds say of themselves; what the grader
// refuses is said at its field.
class GraderForm final : public QWidget
{
    Q_OBJECT
public:
    explicit GraderForm(const Theme &theme, QWidget *parent = nullptr);

    void setConfig(const Json &config);
    // {"kind", options}; an empty object: none is chosen.
    const Json &config() const { return m_config; }
    bool isGood() const { return m_good; } // the config can be used, and nothing else is typed

Q_SIGNALS:
    void changed();

private:
    void chooseKind();
    void setOption(const QString &key, const Json &value);
    void check();
    void showRefusal(const QString &sentence);

    evaluation::GraderRegistry m_registry;
    Json m_config = Json::object();
    bool m_good = true;
    QComboBox *m_kind = nullptr;
    QLabel *m_help = nullptr;
    FieldForm *m_options = nullptr;
};

} // namespace headgate::ui
