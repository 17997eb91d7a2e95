#pragma once

#include <QLabel>

class QTimer;

namespace headgate::ui {

// Says what has just happened ("Connected …", "Run finished: …"): shown for a while, and handed to
// a screen reader at once.
class Announcer final : public QLabel
{
    Q_OBJECT
public:
    explicit Announcer(QWidget *parent = nullptr);

    void say(const QString &sentence);

private:
    QTimer *m_fade = nullptr;
};

} // namespace headgate::ui
