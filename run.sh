#!/usr/bin/env bash
# Installs what is missing, builds, and starts the workbench with the worked example on the
# simulated fleet; without a display the same main job runs in the terminal.
set -euo pipefail
cd "$(dirname "$0")"
. .ci/packages.sh

require_packages "${build_packages[@]}"
cmake --preset release >/dev/null
cmake --build --preset release --target headgate headgatectl

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec build/release/app/workbench/headgate "$@"
fi
echo "There is no display, so the main job runs here without a window (headgatectl demo)." >&2
exec build/release/app/cli/headgatectl demo "$@"
