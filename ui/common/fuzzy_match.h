#pragma once

#include <QStringView>

#include <optional>

namespace headgate::ui {

// How well a search fits a text, whatever the case; higher is better, none: it does not fit. Each
// word of the search has to be found: best at the start of the text, then of a word, then inside
// of one, then as the first letters of several words ("gta" in "Go to anything").
constexpr int kInitialsScore = 20; // of a search that is found as first letters alone
std::optional<int> fuzzyScore(QStringView search, QStringView text);

} // namespace headgate::ui
