-- The event by which each member came in: a gateway whose session missed that event's notice tells
-- the session this number, and pushes what has followed since.
ALTER TABLE member ADD COLUMN joined_seq bigint NOT NULL DEFAULT 0;

UPDATE member
SET joined_seq = last.seq
FROM (
    SELECT conversation, member, max(seq) AS seq
    FROM event
    WHERE kind = 'joined' AND member IS NOT NULL
    GROUP BY conversation, member) AS last
WHERE member.conversation = last.conversation AND member.user_id = last.member;
