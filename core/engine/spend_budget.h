#pragma once

#include "core/common/money.h"

#include <optional>

namespace headgate::engine {

// One amount for many queries that run at a time. What a call can cost at most is set aside before
// it leaves, and what it did cost is booked when it ends, so that calls in flight together never
// promise the same money twice. Without an amount it only adds up.
class SpendBudget
{
public:
    // Of everything that is spent from now on, with what was spent before.
    void setAmount(std::optional<Money> amount) { m_amount = amount; }
    std::optional<Money> amount() const { return m_amount; }
    Money spent() const { return m_spent; }
    Money reserved() const { return m_reserved; }

    // False, and nothing set aside, where it would pass the amount; an unknown cost does always.
    bool reserve(const std::optional<Money> &worstCase);
    // Ends a reservation of the same worst case.
    void settle(const std::optional<Money> &worstCase, Money cost);

private:
    std::optional<Money> m_amount;
    Money m_spent;
    Money m_reserved;
};

} // namespace headgate::engine
