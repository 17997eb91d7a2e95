// The headers that most sources read; compiled once (see the top level CMakeLists.txt).
#pragma once

#include <QtCore/QtCore>

#include <nlohmann/json.hpp>
#include <qcoro/qcorotask.h>
#include <tl/expected.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <utility>
#include <variant>
#include <vector>
