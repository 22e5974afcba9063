#!/usr/bin/env bash
# Makes the virtual environments of the benchmarks' peers, pinned, outside the tree: `npm run bench:peers`.
# ZANZIBAR_PEERS moves the folder, PYTHON names the interpreter (3.11 to 3.13).
set -euo pipefail
cd "$(dirname "$0")/../bench/peers"
folder=${ZANZIBAR_PEERS:-$HOME/.cache/zanzibar-peers}
python=${PYTHON:-python3}

make_environment() {
  local name=$1 requirements=$2
  if [ -f "$folder/$name/.complete" ] && cmp -s "$requirements" "$folder/$name/.complete"; then echo "$name: as pinned"; return; fi
  "$python" -m venv --clear "$folder/$name"
  "$folder/$name/bin/pip" install --quiet --disable-pip-version-check -r "$requirements"
  cp "$requirements" "$folder/$name/.complete"
  echo "$name: installed in $folder/$name"
}

make_environment research requirements.txt
make_environment nautilus requirements-nautilus.txt
