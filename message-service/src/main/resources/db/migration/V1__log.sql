-- The message-service's own database: conversations, their members, their logs, and how far the
-- commands of each Kafka partition have been applied.
--
-- Every key starts with the conversation, so that the tables can be distributed by it unchanged.
-- Times are epoch milliseconds: they are what clients are told, and no order rests on them.
-- Names of roles and kinds are those of the Java enums; kinds of events are as clients see them.

CREATE TABLE conversation (
    id           uuid     PRIMARY KEY,
    kind         text     NOT NULL CHECK (kind IN ('DIRECT', 'GROUP', 'CHANNEL')),
    title        text,
    topic        text,
    -- What people who join a channel by themselves become.
    join_role    text     NOT NULL DEFAULT 'READER',
    -- The greatest sequence number given; moves only under this row's lock.
    head         bigint   NOT NULL DEFAULT 0,
    -- `at` of the event at the head.
    last_at      bigint   NOT NULL,
    -- Members who are not banned; moves with joined and left. Signals stop at 100 members.
    member_count integer  NOT NULL DEFAULT 0,
    created_by   uuid     NOT NULL,
    created_at   bigint   NOT NULL
-- Every message updates the head: room in the page keeps these updates off the index. For the same
-- reason last_at has no index; lists sort the conversations of one user.
) WITH (fillfactor = 70);

CREATE TABLE member (
    conversation uuid     NOT NULL,
    user_id      uuid     NOT NULL,
    -- BANNED is a kept row of somebody who is no member.
    role         text     NOT NULL CHECK (role IN ('BANNED', 'READER', 'MEMBER', 'MODERATOR', 'OWNER')),
    -- The last sequence number that this user has read; only ever grows.
    read_seq     bigint   NOT NULL DEFAULT 0,
    joined_at    bigint   NOT NULL,
    PRIMARY KEY (conversation, user_id)
) WITH (fillfactor = 80);

-- Memberships by user, for connect and lists. Where this table is distributed by conversation, this
-- is the look-up that asks every node.
CREATE INDEX member_by_user ON member (user_id, conversation);

-- The logs. A row never changes, but for a deletion, which erases its detail.
CREATE TABLE event (
    conversation   uuid    NOT NULL,
    seq            bigint  NOT NULL,
    at             bigint  NOT NULL,
    kind           text    NOT NULL,
    -- Who did it.
    user_id        uuid    NOT NULL,
    -- Whom it is about: joined, left, role.
    member         uuid,
    -- The message's id, or the request id of another change; null where the client gave none.
    request        uuid,
    reply_to       uuid,
    -- The JSON object of what else the kind has, for example {"content":{...}}, as compact UTF-8.
    -- Bytes, not jsonb: what was sent is what comes back, and no text can fail to be stored.
    detail         bytea   NOT NULL,
    -- progress.source and the offset of the command; null for what came in over REST.
    command_source integer,
    command_offset bigint,
    PRIMARY KEY (conversation, seq)
) PARTITION BY HASH (conversation);

DO $$
BEGIN
    FOR n IN 0..31 LOOP
        EXECUTE format(
            'CREATE TABLE event_%s PARTITION OF event FOR VALUES WITH (MODULUS 32, REMAINDER %s)',
            lpad(n::text, 2, '0'), n);
    END LOOP;
END $$;

-- The same id again is the same event, for ever.
CREATE UNIQUE INDEX event_by_request ON event (conversation, request) WHERE request IS NOT NULL;

-- What a new owner of a Kafka partition distributes again.
CREATE INDEX event_by_command ON event (command_source, command_offset)
    WHERE command_source IS NOT NULL;

-- How far the commands of one Kafka partition have been applied. Kafka's own committed offset is
-- for lag display only.
CREATE TABLE progress (
    -- Kafka's id of the topic: a topic of the same name that is made anew starts from its beginning.
    topic_id         uuid    NOT NULL,
    partition        integer NOT NULL,
    -- Stands for topic and partition in event rows.
    source           integer GENERATED ALWAYS AS IDENTITY UNIQUE,
    -- Grows with every change of owner; an owner with an older one cannot commit.
    epoch            bigint  NOT NULL DEFAULT 1,
    -- Commands below have been applied.
    next_offset      bigint  NOT NULL,
    -- Events of commands below have reached Kafka's `deliveries`.
    delivered_offset bigint  NOT NULL,
    PRIMARY KEY (topic_id, partition)
) WITH (fillfactor = 50);

-- Events that came in over REST and have not yet been seen to reach `deliveries`.
CREATE TABLE outbox (
    conversation uuid        NOT NULL,
    seq          bigint      NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (conversation, seq)
);
