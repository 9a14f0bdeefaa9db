# Sourced by redis-node.sh and redis-sentinel.sh.

# The address of the primary that most of the Sentinels which answer agree on; empty if none does.
named_primary() {
  for sentinel in $SENTINELS; do
    timeout 2 redis-cli -h "$sentinel" -p 26379 sentinel get-master-addr-by-name parley 2> /dev/null | head -n 1
  done | grep -E '^[0-9a-f.:]+$' | sort | uniq -c | sort -rn | head -n 1 | sed 's/^ *[0-9]* //'
}

# address NAME: waits until the name has one.
address() {
  until found=$(getent hosts "$1"); do
    sleep 1
  done
  echo "$found" | head -n 1 | sed 's/[[:space:]].*//'
}
