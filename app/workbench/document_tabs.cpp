#include "app/workbench/document_tabs.h"

#include "app/workbench/document_session.h"
#include "app/workbench/open_documents.h"
#include "ui/common/icons.h"
#include "ui/common/style_sheet.h"
#include "ui/common/theme.h"

#include <QDir>
#include <QMouseEvent>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

constexpr int kLeastTabWidth = 96;

}

DocumentTabs::DocumentTabs(OpenDocuments &documents, const ui::Theme &theme, QWidget *parent)
    : QTabBar(parent)
    , m_documents(documents)
    , m_theme(theme)
{
    setObjectName(u"documentTabs"_s);
    setAccessibleName(tr("Open policies"));
    setDocumentMode(true);
    setDrawBase(false);
    setExpanding(false);
    setMovable(true);
    setElideMode(Qt::ElideMiddle);
    setUsesScrollButtons(true);
    setFocusPolicy(Qt::TabFocus);
    ui::setRole(this, ui::Role::ToolBar);
    for (DocumentSession *document : documents.all())
        addTabOf(document);
    setCurrentIndex(tabOf(&documents.current()));
    connect(&documents, &OpenDocuments::added, this, &DocumentTabs::addTabOf);
    connect(&documents, &OpenDocuments::closing, this, [this](const DocumentSession *document) {
        removeTab(tabOf(document));
        updateVisible();
    });
    connect(&documents, &OpenDocuments::currentChanged, this,
            [this](const DocumentSession *document) { setCurrentIndex(tabOf(document)); });
    connect(this, &QTabBar::tabMoved, &documents,
            [&documents](int from, int to) { documents.move(from, to); });
    connect(this, &QTabBar::currentChanged, this, [this](int tab) {
        // While a tab goes, the bar chooses another one before the documents have.
        if (tab >= 0 && count() == m_documents.all().size())
            m_documents.setCurrent(*documentOf(tab));
    });
    updateVisible();
}

void DocumentTabs::addTabOf(DocumentSession *document)
{
    const int tab = addTab({});
    setTabData(tab, QVariant::fromValue<QObject *>(document));
    auto *close = new QToolButton(this);
    close->setIcon(ui::themedIcon(u"close"_s, m_theme));
    close->setIconSize(QSize(12, 12));
    close->setFocusPolicy(Qt::NoFocus); // Ctrl+W closes
    close->setToolTip(tr("Close (Ctrl+W)"));
    connect(close, &QToolButton::clicked, this,
            [this, document] { Q_EMIT closeRequested(document); });
    setTabButton(tab, QTabBar::RightSide, close);
    connect(document, &DocumentSession::changed, this, [this, document] { showState(document); });
    showState(document);
    updateVisible();
}

void DocumentTabs::showState(DocumentSession *document)
{
    const int tab = tabOf(document);
    if (tab < 0)
        return;
    QString name = document->name();
    setTabToolTip(tab, document->path().isEmpty() ? tr("%1: not saved yet").arg(name)
                                                  : QDir::toNativeSeparators(document->path()));
    if (QWidget *close = tabButton(tab, QTabBar::RightSide))
        close->setAccessibleName(tr("Close %1").arg(name));
    name.replace(u'&', u"&&"_s);
    setTabText(tab, document->isEdited() ? tr("● %1", "edited document").arg(name) : name);
    setAccessibleTabName(tab, document->isEdited() ? tr("%1, edited").arg(document->name())
                                                   : document->name());
}

void DocumentTabs::showNext(int step)
{
    if (count() > 1)
        setCurrentIndex((currentIndex() + step + count()) % count());
}

void DocumentTabs::setWanted(bool wanted)
{
    m_wanted = wanted;
    updateVisible();
}

void DocumentTabs::updateVisible()
{
    setVisible(m_wanted && count() > 1);
}

void DocumentTabs::mousePressEvent(QMouseEvent *event)
{
    m_pressed = event->button() == Qt::MiddleButton ? tabAt(event->position().toPoint()) : -1;
    QTabBar::mousePressEvent(event);
}

void DocumentTabs::mouseReleaseEvent(QMouseEvent *event)
{
    const int tab = tabAt(event->position().toPoint());
    if (event->button() == Qt::MiddleButton && tab >= 0 && tab == std::exchange(m_pressed, -1))
        Q_EMIT closeRequested(documentOf(tab));
    else
        QTabBar::mouseReleaseEvent(event);
}

QSize DocumentTabs::minimumTabSizeHint(int index) const
{
    return {kLeastTabWidth, QTabBar::minimumTabSizeHint(index).height()};
}

int DocumentTabs::tabOf(const DocumentSession *document) const
{
    for (int tab = 0; tab < count(); ++tab) {
        if (documentOf(tab) == document)
            return tab;
    }
    return -1;
}

DocumentSession *DocumentTabs::documentOf(int tab) const
{
    return qobject_cast<DocumentSession *>(tabData(tab).value<QObject *>());
}

} // namespace headgate::workbench
