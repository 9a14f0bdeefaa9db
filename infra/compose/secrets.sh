#!/bin/sh
# Makes the secrets of an installation, once: what is there stays. A secret that is given is taken
# instead of a random one, at every start.
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

# given NAME: what whoever started the stack wants it to be, if anything.
given() {
  sed -n "s/^$1=//p" /given-secrets
}

root=/run/parley
credential=$(given service-credential)
key=$(given key-encryption-key)

if [ -n "$credential" ]; then
  put $root/shared/secrets.properties "parley.service-credential=$credential"
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

if [ -n "$key" ] || [ ! -e $root/auth/secrets.properties ]; then
  put $root/auth/secrets.properties "quarkus.datasource.password=$(cat $root/postgres/auth)
parley.auth.key-encryption-key=${key:-$(random 32)}"
fi
