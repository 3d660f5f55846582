# Sourced by scripts/run and scripts/test: installs the packages that are missing, configures and builds.
# Offline and cheap when nothing is missing.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# install_missing run|test
install_missing() {
  local wanted missing=() name
  wanted=$("$root/scripts/packages" "$1")
  for name in $wanted; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  [ ${#missing[@]} -eq 0 ] && return
  echo "installing: ${missing[*]}" >&2
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# build PRESET [TARGET...]
build() {
  local preset=$1 tests=(-DRANKSCAPE_TESTS=ON)
  shift
  # without the packages of the tests only what runs is configured; a build that has tests keeps them
  "$root/scripts/packages" test | xargs dpkg-query -W >/dev/null 2>&1 ||
    tests=(-DRANKSCAPE_TESTS=OFF -DRANKSCAPE_PYTHON=OFF)
  (
    cd "$root"
    cmake --preset "$preset" "${tests[@]}" >/dev/null
    if [ $# -gt 0 ]; then cmake --build --preset "$preset" --target "$@"; else cmake --build --preset "$preset"; fi
  ) >&2
}
