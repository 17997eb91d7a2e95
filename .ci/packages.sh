# Debian 12 packages, and the function that installs what is missing. Sourced by run.sh and test.sh;
# the README gives the reason of each.

build_packages=(
    ca-certificates ccache cmake fonts-inter g++ libboost-dev libeigen3-dev libexpected-dev
    libhnswlib-dev libqt6opengl6-dev libqt6sql6-sqlite libsimdjson-dev libsqlite3-dev libvalijson-dev mold
    ninja-build nlohmann-json3-dev qcoro-qt6-dev qt6-base-dev qt6-charts-dev qt6-l10n-tools qt6-svg-dev
    qtkeychain-qt6-dev zlib1g-dev
)
test_packages=(dbus gnome-keyring openssl xauth xdotool xvfb)

is_installed() {
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# require_packages <package>…: asks for root only where something is missing.
require_packages() {
    local missing=() package
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return

    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing: ${missing[*]}" >&2
            echo "Install them as root: apt-get install --no-install-recommends ${missing[*]}" >&2
            exit 1
        fi
        as_root=(sudo)
    fi
    echo "Installing: ${missing[*]}" >&2
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
