-- A sweep takes the oldest rows, a page at a time. Kafka may have been away for long: without this
-- each page would sort everything that is left. So the one key that does not start with the
-- conversation.
CREATE INDEX outbox_by_age ON outbox (created_at);
