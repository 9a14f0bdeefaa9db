-- First answers of requests that create something, found again by the client's Idempotency-Key.
-- Kept for ever, as message ids are: a client may repeat after any time.
CREATE TABLE answer (
    user_id uuid     NOT NULL,
    -- The path: the same key at another address is another request.
    address text     NOT NULL,
    key     text     NOT NULL,
    status  smallint NOT NULL,
    body    bytea    NOT NULL,
    PRIMARY KEY (user_id, address, key)
);

-- Whether an owner is left, without a look at every member.
CREATE INDEX member_owners ON member (conversation) WHERE role = 'OWNER';
