#include "core/sqlite/foreign_keys_off.h"

#include "core/sqlite/database.h"

namespace headgate::sqlite {

using namespace Qt::StringLiterals;

Result<ForeignKeysOff> ForeignKeysOff::make(Database &database)
{
    if (auto done = database.execute(u"PRAGMA foreign_keys = OFF"_s); !done)
        return tl::unexpected(std::move(done.error()));
    return ForeignKeysOff(database);
}

void ForeignKeysOff::end()
{
    if (m_database)
        (void)std::exchange(m_database, nullptr)->execute(u"PRAGMA foreign_keys = ON"_s);
}

} // namespace headgate::sqlite
