#!/usr/bin/env bash
# Takes the released program of this action's own version, checked against the sums that lie beside this file. Where
# there is none of it (a branch, a fork, another kind of machine), says that it is to be built.
#
# From the environment: ADRULE_ACTION, the folder of the action; ADRULE_REPOSITORY, where its releases are;
# ADRULE_VERSION, another version, which must have been released; and the runner's own variables.
set -euo pipefail

action=${ADRULE_ACTION//\\//}
own=$(sed -n 's/^version = "\([^"]*\)"$/\1/p' "$action/Cargo.toml" | head -n 1)
version=${ADRULE_VERSION:-$own}
version=${version#v}
if ! [[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]]; then
  echo "::error::the input \`version\` is no version such as $own"
  exit 1
fi

case "${RUNNER_OS:-}-${RUNNER_ARCH:-}" in
  Linux-X64) target=x86_64-unknown-linux-musl ;;
  Linux-ARM64) target=aarch64-unknown-linux-musl ;;
  macOS-X64) target=x86_64-apple-darwin ;;
  macOS-ARM64) target=aarch64-apple-darwin ;;
  Windows-X64) target=x86_64-pc-windows-msvc ;;
  *) target=none ;;
esac
suffix=
if [ "${RUNNER_OS:-}" = Windows ]; then suffix=.exe; fi

say() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

build() {
  if [ "$version" != "$own" ]; then
    echo "::error::adrule $version cannot be taken: $1"
    exit 1
  fi
  echo "adrule $version is built from the source of this action: $1."
  say build true
  say program "$action/target/release/adrule$suffix"
  exit 0
}

name=adrule-$version-$target.tar.gz
sum=$(awk -v name="$name" '$2 == name { print $1 }' "$action/action/releases.sha256")
[ -n "$sum" ] || build "$name is no release that this action knows"

folder=${RUNNER_TEMP//\\//}/adrule-$version
mkdir -p "$folder"
from=${GITHUB_SERVER_URL:-https://github.com}/${ADRULE_REPOSITORY:-adrule/adrule}/releases/download/v$version/$name
# Nothing is wrong with a server that has only the source.
curl --fail --silent --show-error --location --retry 3 --max-time 120 --output "$folder/$name" "$from" ||
  build "$from could not be fetched"

if command -v sha256sum >/dev/null; then
  found=$(sha256sum "$folder/$name" | cut -d ' ' -f 1)
else
  found=$(shasum -a 256 "$folder/$name" | cut -d ' ' -f 1)
fi
if [ "$found" != "$sum" ]; then
  echo "::error::$name is not what was released: its SHA-256 is $found, not $sum"
  exit 1
fi
# From inside: GNU tar takes the colon of a Windows path for that of a host.
(cd "$folder" && tar -xzf "$name")
say build false
say program "$folder/adrule$suffix"
