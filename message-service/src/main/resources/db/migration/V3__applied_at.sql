-- When Kafka appended the youngest of the commands that have been applied, epoch milliseconds by the
-- broker's clock; 0 if none was. A command below next_offset that is younger was never applied: Kafka
-- has lost its end and given the offsets to others since (docs/recovery.md).
ALTER TABLE progress ADD COLUMN applied_at bigint NOT NULL DEFAULT 0;
