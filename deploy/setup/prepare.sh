#!/usr/bin/env bash
# Gets what the platform needs onto this machine: `prepare.sh python` (uv and the Python packages of uv.lock),
# `prepare.sh broker` (RabbitMQ), `prepare.sh browser` (Chromium and Chinese fonts, for tests). Says what it installs; what it may not install, it says how to.
set -euo pipefail
cd "$(dirname "$0")/../.."

TOOLS=.liaison/tools

say() { printf '%s\n' "$*" >&2; }
stop() { say "$*"; exit 1; }
is_debian_root() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }

apt_install() {
    say "Installing $1 with apt-get, as this is root on Debian or Ubuntu."
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null
}

uv() {
    if type -P uv >/dev/null; then
        command uv "$@"
    else
        [ -x "$TOOLS/bin/uv" ] || get_uv
        "$TOOLS/bin/uv" "$@"
    fi
}

get_uv() {
    command -v python3 >/dev/null || stop "python3 is missing: install Python 3.11 or newer."
    if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
        is_debian_root || stop "python3 has no ensurepip: install it (Debian, Ubuntu: sudo apt-get install python3-venv)."
        apt_install python3-venv
    fi
    say "uv is not on PATH: installing it into $TOOLS."
    python3 -m venv --clear "$TOOLS"
    "$TOOLS/bin/python" -m pip install --quiet --disable-pip-version-check uv
}

python_packages() {
    uv sync --frozen --quiet
}

# A setting names a broker, its program is here, or one runs at its usual address.
has_broker() {
    [ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] && return
    .venv/bin/python -m deploy.setup.broker_is_there
}

broker() {
    [ -x .venv/bin/python ] || python_packages
    has_broker && return
    if is_debian_root; then
        apt_install rabbitmq-server
        say "RabbitMQ is installed. Liaison runs a private one; the system's own service is not needed for it."
    else
        stop "RabbitMQ is missing. Install it (Debian, Ubuntu: sudo apt-get install rabbitmq-server; macOS: brew install
rabbitmq), or name a running one: LIAISON_BROKER_URL=amqp://user:password@host:5672/vhost"
    fi
}

has_browser() {
    type -P chromium >/dev/null || type -P chromium-browser >/dev/null || type -P google-chrome >/dev/null
}

has_chinese_font() {
    ls /usr/share/fonts/opentype/noto/NotoSansCJK* >/dev/null 2>&1 || { type -P fc-list >/dev/null && fc-list :lang=zh | grep -q .; }
}

browser() {
    has_browser && has_chinese_font && return
    is_debian_root || stop "Chromium or a Chinese font is missing (Debian: sudo apt-get install chromium fonts-noto-cjk)."
    has_browser || apt_install chromium
    has_chinese_font || apt_install fonts-noto-cjk
}

case "${1:-}" in
    python) python_packages ;;
    broker) broker ;;
    browser) browser ;;
    *) stop "usage: prepare.sh python|broker|browser" ;;
esac
