#pragma once

#include "core/evaluation/prompt_split.h"
#include "tests/cli/ctl_process.h"

#include <QTemporaryDir>

#include <vector>

namespace headgate::test {

// One line a prompt: what models did, as the files have it.
using Lines = std::vector<Json>;

Lines linesOf(const QString &path);
Lines partOf(const Lines &lines, evaluation::Part part);

// Mean quality, and US dollars for 1,000 queries.
struct Means
{
    double quality = 0;
    double costPer1k = 0;
};

// Asks the models in turn until one is sure enough: a cascade in its plainest words.
Means walk(const Lines &lines, const Json &models, const Json &thresholds);

double valueOf(const Json &estimate);
bool isNear(double a, double b); // qualities are kept as single precision

// "gpt-4o-mini" knows when it is right; "home-made" is right nine times in ten at twenty times
// the price.
QByteArray surelyToldOutcomes(int rows, quint32 seed);

// Where the measured outcomes of that name are, if they are on this machine.
QString sharedOutcomes(const QString &name);

// A folder that goes with the test, and the files that commands read from there.
class CtlFolder
{
public:
    QString at(const QString &name) const { return m_folder.filePath(name); }
    QString path() const { return m_folder.path(); }
    QString put(const QString &name, const QByteArray &text) const;
    QString single(const QString &model) const; // a policy that asks this model alone

private:
    QTemporaryDir m_folder;
};

} // namespace headgate::test
