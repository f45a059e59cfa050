DROP TABLE hand_overs;
DROP INDEX invites_invited_by_idx;
DROP INDEX password_resets_made_by_idx;
ALTER TABLE password_resets DROP COLUMN made_by;
DROP INDEX users_name_idx;
ALTER TABLE users DROP COLUMN search_terms;
