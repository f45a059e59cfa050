DROP INDEX audit_log_action_idx;
DROP INDEX audit_log_actor_idx;
ALTER TABLE company DROP COLUMN sms_off_since;
DROP TABLE password_resets;
DROP TABLE invites;
