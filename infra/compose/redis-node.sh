#!/bin/sh
# A Redis that Sentinels watch. Which of the two is the primary is theirs to say; where none of them runs yet it is
# the one called FIRST. Addresses instead of names: a name is gone together with its container, and neither Sentinel
# nor Redis may wait for a DNS just then.
set -eu
. /redis-primary.sh

own=$(hostname -i | sed 's/ .*//')
primary=$(named_primary)
if [ -z "$primary" ]; then
  primary=$(address "$FIRST")
else
  # One that does not answer may be this one under the address that it had before: they will name another.
  tries=0
  while [ "$primary" != "$own" ] && [ "$(timeout 2 redis-cli -h "$primary" ping 2> /dev/null)" != PONG ] && [ $tries -lt 60 ]; do
    tries=$((tries + 1))
    sleep 1
    named=$(named_primary)
    primary=${named:-$primary}
  done
fi

set -- redis-server --protected-mode no --bind '* -::*' --dir /data --appendonly yes --save 60 1000
[ "$primary" = "$own" ] || set -- "$@" --replicaof "$primary" 6379
exec "$@"
