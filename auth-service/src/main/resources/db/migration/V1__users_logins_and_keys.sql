-- Finds users by any part of their names; ships with PostgreSQL, and its owner may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE users (
  id            uuid        PRIMARY KEY,
  username      text        NOT NULL,
  -- The username without regard to case: what makes it unique.
  username_key  text        NOT NULL CONSTRAINT users_username_key_unique UNIQUE,
  display_name  text        NOT NULL,
  -- Both names in lower case, for search.
  search_text   text        NOT NULL,
  password_hash text        NOT NULL,
  created_at    timestamptz NOT NULL
);
CREATE INDEX users_search ON users USING gin (search_text gin_trgm_ops);

-- The Idempotency-Key of each registration that had one, for ever: repeated, it gets the first answer.
CREATE TABLE registrations (
  idempotency_key uuid PRIMARY KEY,
  user_id         uuid NOT NULL REFERENCES users
);

CREATE TABLE logins (
  id          uuid        PRIMARY KEY,
  user_id     uuid        NOT NULL REFERENCES users,
  device      text,
  -- SHA-256 of the secret that all refresh tokens of this login share: an old one is known by it,
  -- however long ago its own row was deleted.
  family_hash bytea       NOT NULL,
  -- The generation of refresh tokens that may be used next.
  generation  integer     NOT NULL,
  created_at  timestamptz NOT NULL,
  expires_at  timestamptz NOT NULL,
  ended_at    timestamptz
);
CREATE INDEX logins_of_user ON logins (user_id);
CREATE INDEX logins_by_expiry ON logins (expires_at);

-- Of each login only the tokens that may be used and the one that was used last.
CREATE TABLE refresh_tokens (
  -- SHA-256 of the token: it is random, so it needs no salt and no slow hash.
  hash        bytea       PRIMARY KEY,
  login_id    uuid        NOT NULL REFERENCES logins ON DELETE CASCADE,
  generation  integer     NOT NULL,
  replaced_at timestamptz
);
CREATE INDEX refresh_tokens_of_login ON refresh_tokens (login_id);

CREATE TABLE signing_keys (
  kid         text        PRIMARY KEY,
  -- X.509, so that it can be published without the secret that opens the private key.
  public_key  bytea       NOT NULL,
  -- PKCS#8, encrypted: nonce and AES-GCM ciphertext.
  private_key bytea       NOT NULL,
  created_at  timestamptz NOT NULL,
  -- Published before it signs, so that every verifier knows it by then.
  signs_from  timestamptz NOT NULL
);

-- Revocations that Kafka has not acknowledged yet; written in the transaction that revokes.
CREATE TABLE revocation_outbox (
  id       uuid        PRIMARY KEY,
  login_id uuid,
  user_id  uuid,
  at       timestamptz NOT NULL,
  CONSTRAINT revokes_one CHECK ((login_id IS NULL) <> (user_id IS NULL))
);
