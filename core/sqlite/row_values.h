#pragma once

#include "core/common/money.h"

#include <QDateTime>
#include <QSqlQuery>
#include <QVariant>

#include <chrono>
#include <optional>

namespace headgate::sqlite {

// The amount in this column of the current row; zero where the column is null.
inline Money moneyAt(const QSqlQuery &row, int column)
{
    return Money::fromNanos(row.value(column).toLongLong());
}

// What a column keeps of a value; null where there is none.
template<typename T>
QVariant orNull(const std::optional<T> &value)
{
    return value ? QVariant(*value) : QVariant();
}
inline QVariant orNull(const std::optional<Money> &value)
{
    return value ? QVariant(value->nanos()) : QVariant();
}
inline QVariant orNull(const std::optional<std::chrono::nanoseconds> &value)
{
    return value ? QVariant(qint64(value->count())) : QVariant();
}
inline QVariant orNull(const QDateTime &moment)
{
    return moment.isValid() ? QVariant(moment.toMSecsSinceEpoch()) : QVariant();
}

} // namespace headgate::sqlite
