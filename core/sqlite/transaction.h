#pragma once

#include "core/common/result.h"

#include <utility>

namespace headgate::sqlite {

class Database;

// Rolls back at the end of its life unless it was committed.
class Transaction
{
public:
    enum class Kind { Read, Write };
    // Write waits for the lock at once, so that no later statement can fail for want of it.
    static Result<Transaction> begin(Database &database, Kind kind);
    Transaction(Transaction &&other) noexcept
        : m_database(std::exchange(other.m_database, nullptr))
    {
    }
    Transaction &operator=(Transaction &&) = delete;
    ~Transaction();
    Result<> commit();

private:
    explicit Transaction(Database &database)
        : m_database(&database)
    {
    }
    Database *m_database; // outlives me; null once committed
};

} // namespace headgate::sqlite
