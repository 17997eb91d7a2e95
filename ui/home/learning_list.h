#pragma once

#include <QStringList>
#include <QWidget>

namespace headgate::ui {

class Theme;

// The first steps with the workbench; each ticks itself off when it was done.
class LearningList final : public QWidget
{
    Q_OBJECT
public:
    explicit LearningList(const Theme &theme, QWidget *parent = nullptr); // outlives the list

    struct Step
    {
        const char *id; // kept in the settings
        QString text;
    };
    static QList<Step> steps();

    void setDone(const QStringList &ids);
    bool isDone(const QString &id) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    QStringList m_done;
};

} // namespace headgate::ui
