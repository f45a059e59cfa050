DROP INDEX messages_waiting_idx;
DROP TABLE retries;
DROP TABLE flag_answers;
ALTER TABLE opt_outs DROP COLUMN source;
DROP TABLE consents;
