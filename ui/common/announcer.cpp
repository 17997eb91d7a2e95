#include "ui/common/announcer.h"

#include <QAccessible>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace headgate::ui {

namespace {

constexpr int kShownMs = 6000;

} // namespace

Announcer::Announcer(QWidget *parent)
    : QLabel(parent)
    , m_fade(new QTimer(this))
{
    setObjectName(u"announcer"_s);
    setTextFormat(Qt::PlainText);
    m_fade->setSingleShot(true);
    m_fade->setInterval(kShownMs);
    connect(m_fade, &QTimer::timeout, this, [this] { setText({}); });
}

void Announcer::say(const QString &sentence)
{
    setText(sentence);
    setAccessibleName(sentence);
    m_fade->start();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

} // namespace headgate::ui
