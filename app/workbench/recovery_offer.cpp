#include "app/workbench/recovery_offer.h"

#include "app/workbench/compare_dialog.h"
#include "app/workbench/document_session.h"
#include "app/workbench/open_documents.h"
#include "app/workbench/recovery_keeper.h"
#include "ui/common/message_bar.h"

#include <QFileInfo>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace headgate::workbench {

namespace {

QString shownTime(const QDateTime &at)
{
    const QLocale locale;
    const QString time = locale.toString(at.time(), QLocale::ShortFormat);
    return at.date() == QDate::currentDate()
               ? RecoveryOffer::tr("today at %1").arg(time)
               : RecoveryOffer::tr("%1 at %2", "date, time")
                     .arg(locale.toString(at.date(), QLocale::ShortFormat), time);
}

QString editsOf(const RecoveryRecord &record)
{
    return RecoveryOffer::tr("%n unsaved edits", nullptr, record.edits);
}

} // namespace

RecoveryOffer::RecoveryOffer(ui::MessageBar &bar, RecoveryKeeper &keeper, OpenDocuments &documents,
                             QWidget &window)
    : QObject(&window)
    , m_bar(bar)
    , m_keeper(keeper)
    , m_documents(documents)
    , m_window(window)
{
}

void RecoveryOffer::start()
{
    m_keeper.findLeft();
    showNext();
}

void RecoveryOffer::showNext()
{
    if (m_comparison)
        m_comparison->close();
    const auto &left = m_keeper.left();
    if (left.isEmpty()) {
        m_bar.dismiss();
        return;
    }
    const RecoveryRecord &record = left.first().record;
    QString sentence = tr("“%1” was not closed properly: %2 from %3 can be restored.",
                          "policy, unsaved edits, time")
                           .arg(record.name, editsOf(record), shownTime(record.at));
    QList<ui::MessageBar::Action> actions{{tr("Restore"), [this] { restore(); }},
                                          {tr("Compare"), [this] { compare(); }, true},
                                          {tr("Discard"), [this] { askToDiscard(); }, true}};
    if (left.size() > 1) {
        sentence = tr("%1 %n more policies wait.", nullptr, int(left.size()) - 1).arg(sentence);
        actions.insert(1, {tr("Restore all"), [this] { restoreAll(); }});
    }
    m_bar.showChoice(ui::MessageBar::Level::Warning, sentence, actions);
}

void RecoveryOffer::restore()
{
    DocumentSession &document = m_documents.restore(m_keeper.left().first().record);
    m_keeper.restored(0, document);
    showNext();
    Q_EMIT restored(&document);
}

void RecoveryOffer::restoreAll()
{
    while (!m_keeper.left().isEmpty())
        restore();
}

void RecoveryOffer::compare()
{
    const RecoveryRecord record = m_keeper.left().first().record;
    policy::PolicyDocument saved;
    QString intro = tr("“%1” was never saved. This is what was kept of it:").arg(record.name);
    if (!record.source.isEmpty()) {
        const auto loaded = DocumentSession::read(record.source);
        intro =
            loaded
                ? tr("What the unsaved edits change in “%1” as it is on disk now:").arg(record.name)
                : tr("%1 This is what was kept of it:", "reason why it cannot be read")
                      .arg(loaded.error().message);
        if (loaded)
            saved = loaded->document;
    }
    if (m_comparison)
        m_comparison->close();
    auto *dialog = new CompareDialog(intro, policy::differences(saved, record.document), &m_window);
    dialog->addChoice(tr("Restore"), [this] { restore(); });
    dialog->show();
    m_comparison = dialog;
}

void RecoveryOffer::askToDiscard()
{
    const RecoveryRecord &record = m_keeper.left().first().record;
    auto *box = new QMessageBox(
        QMessageBox::NoIcon, tr("Discard unsaved edits"),
        tr("Discard %1 to “%2”?", "unsaved edits, policy").arg(editsOf(record), record.name),
        QMessageBox::Discard | QMessageBox::Cancel, &m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(record.path.isEmpty()
                                ? tr("They cannot be brought back.")
                                : tr("They cannot be brought back. The file on disk stays as it "
                                     "is."));
    box->setDefaultButton(QMessageBox::Cancel);
    connect(box, &QMessageBox::finished, this, [this](int answer) {
        if (answer != QMessageBox::Discard)
            return;
        m_keeper.discard(0);
        showNext();
    });
    box->open();
}

} // namespace headgate::workbench
