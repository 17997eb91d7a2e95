#!/usr/bin/env bash
# Installs what the tests need, builds and runs them; ctest prints the count at the end.
set -euo pipefail
cd "$(dirname "$0")"
. .ci/packages.sh

require_packages "${build_packages[@]}" "${test_packages[@]}"
cmake --preset dev >/dev/null
cmake --build --preset dev
ctest --preset dev -j 2 "$@"
