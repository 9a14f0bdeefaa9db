#!/bin/sh
# Makes the secrets of an installation, once: what is there stays. A secret that the environment
# gives is taken instead of a random one, at every start.
set -eu
umask 022

random() {
  head -c "$1" /dev/urandom | base64 | tr -d '\n'
}

# put FILE CONTENT: as a whole, or not at all.
put() {
  printf '%s\n' "$2" > "$1.part"
  chmod 444 "$1.part"
  mv "$1.part" "$1"
}

root=/run/parley

if [ -n "${PARLEY_SERVICE_CREDENTIAL:-}" ]; then
  put $root/shared/secrets.properties "parley.service-credential=$PARLEY_SERVICE_CREDENTIAL"
elif [ ! -e $root/shared/secrets.properties ]; then
  put $root/shared/secrets.properties "parley.service-credential=$(random 32)"
fi

[ -e $root/postgres/password ] || put $root/postgres/password "$(random 24)"
for name in auth messages; do
  [ -e $root/postgres/$name ] || put $root/postgres/$name "$(random 24)"
done

if [ ! -e $root/messages/secrets.properties ]; then
  put $root/messages/secrets.properties \
    "quarkus.datasource.password=$(cat $root/postgres/messages)"
fi

if [ -n "${PARLEY_KEY_ENCRYPTION_KEY:-}" ] || [ ! -e $root/auth/secrets.properties ]; then
  put $root/auth/secrets.properties "quarkus.datasource.password=$(cat $root/postgres/auth)
parley.auth.key-encryption-key=${PARLEY_KEY_ENCRYPTION_KEY:-$(random 32)}"
fi
