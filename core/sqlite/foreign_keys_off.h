#pragma once

#include "core/common/result.h"

#include <utility>

namespace headgate::sqlite {

class Database;

// Foreign keys of a connection are not checked as long as this lives: for bulk writing by somebody
// who has just written what is referred to. To be made before a transaction begins, and to go after
// it has ended.
class ForeignKeysOff
{
public:
    static Result<ForeignKeysOff> make(Database &database);
    ForeignKeysOff(ForeignKeysOff &&other) noexcept
        : m_database(std::exchange(other.m_database, nullptr))
    {
    }
    ForeignKeysOff &operator=(ForeignKeysOff &&) = delete;
    ~ForeignKeysOff() { end(); }
    void end();

private:
    explicit ForeignKeysOff(Database &database)
        : m_database(&database)
    {
    }
    Database *m_database; // outlives me; null once they are checked again
};

} // namespace headgate::sqlite
