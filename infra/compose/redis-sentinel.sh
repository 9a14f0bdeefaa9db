#!/bin/sh
# A Sentinel. It knows nothing of its own when it starts: the others tell it, by the id that it always has, who is the
# primary; where there are none, it is the one called FIRST.
set -eu
. /redis-primary.sh

primary=$(named_primary)
[ -n "$primary" ] || primary=$(address "$FIRST")

cat > /data/sentinel.conf <<END
port 26379
bind * -::*
protected-mode no
dir /data
sentinel myid $(printf '%040d' "$ID")
sentinel monitor parley $primary 6379 2
sentinel down-after-milliseconds parley 5000
sentinel failover-timeout parley 20000
sentinel parallel-syncs parley 1
END
exec redis-server /data/sentinel.conf --sentinel
