#!/usr/bin/env bash
# Installs what the tests need, builds and runs them against what run.sh starts; ctest prints the
# count at the end.
set -euo pipefail
cd "$(dirname "$0")"
. .ci/packages.sh

require_packages "${build_packages[@]}" "${test_packages[@]}"
cmake --preset release >/dev/null
cmake --build --preset release
ctest --preset release -j 2 "$@"
