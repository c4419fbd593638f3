# Sourced: a PostgreSQL 15 on a private port in a temporary folder. start_postgres [OPTIONS of postgres] sets postgres_url; stop_postgres ends it.
postgres_folder="" postgres_url=""
start_postgres() {
  local bin=/usr/lib/postgresql/15/bin port user=postgres
  [ -x $bin/postgres ] || return 1
  postgres_folder=$(mktemp -d)
  port=$(python3 -c 'import socket; s=socket.socket(); s.bind(("127.0.0.1",0)); print(s.getsockname()[1])')
  local as=()
  if [ "$(id -u)" = 0 ]; then chown postgres "$postgres_folder"; as=(runuser -u postgres --); fi
  "${as[@]}" $bin/initdb -D "$postgres_folder/db" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  "${as[@]}" $bin/pg_ctl -D "$postgres_folder/db" -w -o "-p $port -k $postgres_folder -c listen_addresses=127.0.0.1 -c fsync=on -c max_connections=50 $*" -l "$postgres_folder/log" start >/dev/null
  "${as[@]}" $bin/createdb -h 127.0.0.1 -p "$port" -U postgres kindling
  postgres_url="postgres://postgres@127.0.0.1:$port/kindling"
  [ -n "$(trap -p EXIT)" ] || trap stop_postgres EXIT  # who has one of their own calls stop_postgres in it
}
stop_postgres() {
  [ -n "$postgres_folder" ] || return 0
  local as=(); [ "$(id -u)" = 0 ] && as=(runuser -u postgres --)
  "${as[@]}" /usr/lib/postgresql/15/bin/pg_ctl -D "$postgres_folder/db" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$postgres_folder"; postgres_folder=""
}
