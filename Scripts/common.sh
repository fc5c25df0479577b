# Sourced by the other scripts: where things are, and what must be installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
state=${ONECARD_STATE:-$root/.state}
release=$root/Simulators/.build/release

build_packages="libpcsclite-dev libsqlite3-dev libssl-dev libusb-1.0-0-dev pkg-config gcc libc6-dev"
run_packages="pcscd libpcsclite1 $build_packages"
usb_packages="libccid umockdev libumockdev-dev"
test_packages="$run_packages $usb_packages make strace git python3-venv chromium fonts-noto-cjk"
bench_packages="$run_packages"

say() { printf '%s\n' "$*" >&2; }

# Installs the Debian packages named that are missing; asks for root only then.
need() {
    local missing=() package
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    say "installing: ${missing[*]}"
    local as_root=()
    [ "$(id -u)" -eq 0 ] || as_root=(sudo)
    "${as_root[@]}" apt-get update -q >&2 || say "the package lists could not be renewed; trying with the old ones"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${missing[@]}" >&2
}

need_swift() {
    command -v swift >/dev/null || { say "the Swift toolchain (6.2 or later) is not on the PATH"; exit 1; }
}

# Builds the shipped binaries and the simulators, in release form, in one build folder.
build_release() {
    need_swift
    swift build -c release --package-path "$root/Simulators" >&2
    swift build -c release --package-path "$root/Simulators" --product onecardd >&2
    swift build -c release --package-path "$root/Simulators" --product onecard >&2
}
