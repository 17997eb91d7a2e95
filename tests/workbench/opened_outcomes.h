#pragma once

#include "app/workbench/main_window.h"
#include "tests/support/telling_outcomes.h"
#include "ui/evaluate/evaluate_page.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

namespace headgate::test {

// Goes to Evaluate, and opens outcomes of "small", "medium" and "large" there.
inline void openTellingOutcomes(workbench::MainWindow &window, const QString &folder)
{
    QFile file(QDir(folder).filePath(QStringLiteral("outcomes.jsonl")));
    if (!file.open(QIODevice::WriteOnly) || file.write(tellingOutcomes(400)) <= 0)
        qFatal("the outcomes cannot be written");
    file.close();
    window.setMode(workbench::Mode::Evaluate);
    auto *page = qobject_cast<ui::EvaluatePage *>(window.currentPage());
    QSignalSpy shown(page, &ui::EvaluatePage::searchShown);
    page->openOutcomes(file.fileName());
    if (!shown.wait(20'000))
        qFatal("the outcomes were not searched");
}

} // namespace headgate::test
