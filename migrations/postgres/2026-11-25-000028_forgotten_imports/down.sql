DROP INDEX imports_kept_rows_idx;
ALTER TABLE imports DROP COLUMN restored;
ALTER TABLE imports DROP COLUMN rows_dropped_at;
