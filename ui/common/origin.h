#pragma once

namespace headgate::ui {

// Where figures come from. Totals of different origins stand side by side and are not added.
enum class Origin { Simulated, Live, Mixed };

} // namespace headgate::ui
