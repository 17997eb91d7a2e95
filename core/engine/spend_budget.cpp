#include "core/engine/spend_budget.h"

namespace headgate::engine {

bool SpendBudget::reserve(const std::optional<Money> &worstCase)
{
    if (m_amount) {
        // Compared with what is left: a sum of the two could overflow.
        const Money left = *m_amount - m_spent - m_reserved;
        if (!worstCase || *worstCase > left)
            return false;
    }
    m_reserved += worstCase.value_or(Money());
    return true;
}

void SpendBudget::settle(const std::optional<Money> &worstCase, Money cost)
{
    m_reserved = m_reserved - worstCase.value_or(Money());
    m_spent += cost;
}

} // namespace headgate::engine
