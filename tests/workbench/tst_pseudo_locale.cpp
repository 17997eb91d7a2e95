#include "app/workbench/document_session.h"
#include "core/policy/node_kind.h"
#include "pseudo_translator.h"
#include "shown_window.h"
#include "tests/workbench/opened_outcomes.h"
#include "ui/editor/build_page.h"
#include "ui/home/examples.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTabBar>

using namespace headgate;
using namespace headgate::test;
using namespace headgate::workbench;

class TestPseudoLocale final : public QObject
{
    Q_OBJECT

private:
    // Words that no language changes: names from the open policy, paths, keys of the keyboard.
    static QSet<QString> names(const DocumentSession &document)
    {
        const policy::PolicyDocument &policy = document.editor().document();
        QSet<QString> found{document.name(), policy.name, policy.baseline};
        for (const policy::Node &node : policy.nodes)
            found += {node.title, node.id.value};
        for (const policy::Model &model : policy.models)
            found += {model.name, model.provider, model.model};
        for (const ui::Example &example : ui::examples())
            found.insert(example.name);
        found += u"stop"_s; // why an answer ended, in the provider's own word
        found.remove({});
        return found;
    }

    // Whether letters are left once translated parts, names, figures and units are taken away.
    static bool isUntranslated(const QString &shown, const QSet<QString> &known)
    {
        QString left = untranslatedPart(shown);
        QStringList all(known.cbegin(), known.cend());
        std::sort(all.begin(), all.end(),
                  [](const QString &a, const QString &b) { return a.size() > b.size(); });
        for (const QString &name : all)
            left.remove(name);
        static const QRegularExpression word(u"\\p{L}{3,}"_s); // units have fewer
        return word.match(left).hasMatch();
    }

    static QString place(const QWidget *widget, const QString &text)
    {
        return u"%1 “%2”: %3"_s.arg(QLatin1StringView(widget->metaObject()->className()),
                                    widget->objectName(), text);
    }

    static QStringList textsOf(const QWidget *widget)
    {
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            return {label->text()};
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            return {button->text()};
        if (const auto *edit = qobject_cast<const QLineEdit *>(widget))
            return {edit->placeholderText()};
        if (const auto *edit = qobject_cast<const QPlainTextEdit *>(widget))
            return {edit->placeholderText()};
        QStringList texts;
        if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int tab = 0; tab < tabs->count(); ++tab)
                texts.append(tabs->tabText(tab));
        }
        if (const auto *box = qobject_cast<const QComboBox *>(widget)) {
            for (int item = 0; item < box->count(); ++item)
                texts.append(box->itemText(item));
        }
        return texts;
    }

    // A sentence where the widget's text does not fit into it.
    static QString cut(const QWidget *widget)
    {
        if (const auto *label = qobject_cast<const QLabel *>(widget)) {
            if (label->text().isEmpty())
                return {};
            const bool narrow = !label->wordWrap() && label->sizeHint().width() > label->width() &&
                                label->textFormat() != Qt::RichText;
            const bool low =
                label->wordWrap() && label->heightForWidth(label->width()) > label->height();
            return narrow || low ? place(label, label->text()) : QString();
        }
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (!button || button->text().isEmpty())
            return {};
        const QString text = QString(button->text()).remove(u'&');
        const bool narrow =
            button->fontMetrics().horizontalAdvance(text) > button->width() ||
            (button->inherits("QPushButton") && button->sizeHint().width() > button->width());
        return narrow ? place(button, button->text()) : QString();
    }

    PseudoTranslator m_pseudo;

private Q_SLOTS:
    void initTestCase() { QVERIFY(QCoreApplication::installTranslator(&m_pseudo)); }

    void theTranslationKeepsPlacesMnemonicsAndTags()
    {
        const auto pseudo = [this](const char *source) {
            return m_pseudo.translate("", source, "", -1);
        };
        QCOMPARE(pseudo("&Open %1 of %n"), u"«&Öpéñ %1 öf %n~~~~»"_s);
        QVERIFY(pseudo("<b>bold</b>").contains(u"<b>böld</b>"_s));
        for (const char *text : {"Home", "Save all", "A sentence of some length."})
            QVERIFY(pseudo(text).size() * 10 >= qsizetype(strlen(text)) * 14);
        QCOMPARE(untranslatedPart(u"Egret: «ñöt séñt «1 ö»» $0.2"_s), u"Egret:  $0.2"_s);
    }

    void everyTextIsTranslatedAndHasRoom_data()
    {
        QTest::addColumn<int>("mode");
        for (const Mode mode : {Mode::Home, Mode::Build, Mode::Ask, Mode::Evaluate, Mode::Savings})
            QTest::addRow("mode %d", int(mode)) << int(mode);
    }

    void everyTextIsTranslatedAndHasRoom()
    {
        QFETCH(const int, mode);
        ShownWindow shown;
        shown.window->resize(1440, 900);
        // With a run behind it, every view has something to say.
        QSignalSpy recorded(&shown.window->queries(), &ui::QueryService::recorded);
        shown.press(Qt::Key_F5);
        QTRY_COMPARE_WITH_TIMEOUT(recorded.size(), 1, 30'000);
        shown.window->setMode(Mode(mode));
        if (shown.window->mode() == Mode::Evaluate)
            openTellingOutcomes(*shown.window, shown.folder.path());
        QTest::qWait(300); // the ledger answers from its thread
        QSet<QString> known = names(shown.window->session());
        known += {u"small"_s, u"medium"_s, u"large"_s, u"outcomes.jsonl"_s};
        // The prompt and its answer are the conversation's own words.
        for (const char *own : {"question", "answer"}) {
            for (const auto *label : shown.window->findChildren<QLabel *>(QLatin1StringView(own)))
                known.insert(label->text());
        }
        QStringList untranslated;
        QStringList tooLarge;
        for (const QWidget *widget : shown.window->findChildren<QWidget *>()) {
            if (!widget->isVisible())
                continue;
            for (const QString &text : textsOf(widget)) {
                if (isUntranslated(text, known))
                    untranslated.append(place(widget, text));
            }
            if (const QString sentence = cut(widget); !sentence.isEmpty())
                tooLarge.append(sentence);
        }
        QVERIFY2(untranslated.isEmpty(),
                 qPrintable(u"not translated:\n"_s + untranslated.join(u'\n')));
        QVERIFY2(tooLarge.isEmpty(), qPrintable(u"cut:\n"_s + tooLarge.join(u'\n')));
    }

    void everyEntryOfTheMenusIsTranslated()
    {
        ShownWindow shown;
        QStringList untranslated;
        const QSet<QString> known = names(shown.window->session());
        for (const QAction *action : shown.window->menuBar()->findChildren<QAction *>()) {
            if (isUntranslated(action->text(), known))
                untranslated.append(action->text());
        }
        QVERIFY2(untranslated.isEmpty(), qPrintable(untranslated.join(u'\n')));
        QVERIFY(shown.window->menuBar()->findChildren<QAction *>().size() > 20);
    }
};

QTEST_MAIN(TestPseudoLocale)
#include "tst_pseudo_locale.moc"
