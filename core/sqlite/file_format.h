#pragma once

#include <QList>
#include <QStringList>

namespace headgate::sqlite {

// What tells one kind of our database files from another, and how its tables come about.
struct FileFormat
{
    int applicationId = 0; // SQLite's application_id
    // The statements that lift a file from version n to n + 1, at index n. Shipped steps never
    // change.
    QList<QStringList> migrations;

    // user_version of the files that this build writes.
    int version() const { return int(migrations.size()); }
};

} // namespace headgate::sqlite
