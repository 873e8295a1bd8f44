#!/bin/sh
# A PostgreSQL of one's own for tests, on a free port, gone without a trace.
#
#   postgres.sh start DIR   makes a cluster in DIR (made when absent), starts it, prints its URL
#   postgres.sh stop DIR    stops it and removes DIR
#
# PostgreSQL refuses to run as root; as root it runs as the user postgres or
# nobody, who must be able to enter the folders above DIR. It does not wait for
# the disk: what it holds is worth nothing.
set -eu

fail() {
	echo "postgres.sh: $*" >&2
	exit 1
}

# The folder of the newest server's programs.
find_bin() {
	for dir in $(ls -d /usr/lib/postgresql/*/bin /usr/local/pgsql/bin 2>/dev/null | sort -rV) \
		"$(pg_config --bindir 2>/dev/null || :)"; do
		if [ -x "$dir/initdb" ] && [ -x "$dir/pg_ctl" ]; then
			echo "$dir"
			return
		fi
	done
	dirname "$(command -v initdb)" 2>/dev/null ||
		fail "there is no PostgreSQL server here (Debian: apt-get install postgresql)"
}

# Run as a user who is not root.
as_user() {
	if [ "$(id -u)" -ne 0 ]; then
		"$@"
		return
	fi
	runuser -u "$(owner)" -- "$@"
}

owner() {
	if [ "$(id -u)" -ne 0 ]; then
		id -un
	elif id postgres >/dev/null 2>&1; then
		echo postgres
	else
		echo nobody
	fi
}

# Servers of other tests may take a port between our look and our start: try again.
start_server() {
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		port=$(shuf -n 1 -i 20000-59999)
		if as_user "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 -s -o \
			"-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off \
			-c synchronous_commit=off -c full_page_writes=off -c max_connections=40" \
			start >/dev/null 2>&1; then
			return
		fi
	done
	tail -n 5 "$dir/log" >&2
	fail "PostgreSQL does not start; its last lines are above"
}

start() {
	mkdir -p "$dir"
	[ ! -e "$dir/data" ] || fail "there is a cluster in $dir already"
	password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
	(umask 077 && echo "$password" >"$dir/password")
	chown -R "$(owner)" "$dir"
	as_user test -w "$dir" || fail "the user $(owner) can't enter $dir: choose a folder below /tmp"
	# A language's own order of letters, so that a query which leans on the order of bytes shows.
	collation=
	if "$bin/initdb" --help | grep -q -e --icu-locale; then
		collation='--locale-provider=icu --icu-locale=en'
	fi
	# shellcheck disable=SC2086 # two words
	as_user "$bin/initdb" -D "$dir/data" -U bulldog -A scram-sha-256 --pwfile="$dir/password" \
		-E UTF8 --locale=C.UTF-8 $collation -N >"$dir/initdb.log" 2>&1 || {
		cat "$dir/initdb.log" >&2
		fail "initdb failed"
	}
	start_server
	echo "postgresql://bulldog:$password@127.0.0.1:$port/postgres"
}

stop() {
	if [ -e "$dir/data/postmaster.pid" ]; then
		as_user "$bin/pg_ctl" -D "$dir/data" -m immediate -w -s stop >/dev/null
	fi
	if [ -d "$dir/data" ]; then
		rm -rf "$dir"
	fi
}

[ $# -eq 2 ] || fail "usage: postgres.sh start|stop DIR"
bin=$(find_bin)
case $2 in
/*) dir=$2 ;;
*) dir=$PWD/$2 ;;
esac
cd / # the user may not enter where we stand
case $1 in
start) start ;;
stop) stop ;;
*) fail "usage: postgres.sh start|stop DIR" ;;
esac
