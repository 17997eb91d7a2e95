#pragma once

#include <QWidget>

class QVBoxLayout;

namespace headgate::ui {

class Theme;

// Rows of an icon, a heavy line and a light one; each is a button that opens its target.
class LinkList final : public QWidget
{
    Q_OBJECT
public:
    explicit LinkList(const Theme &theme, QWidget *parent = nullptr); // outlives the list

    struct Link
    {
        QString icon;
        QString title;
        QString detail;
        QString target; // handed back by activated()
    };
    void setLinks(const QList<Link> &links);
    int count() const;

Q_SIGNALS:
    void activated(const QString &target);

private:
    const Theme &m_theme;
    QVBoxLayout *m_layout = nullptr;
};

} // namespace headgate::ui
