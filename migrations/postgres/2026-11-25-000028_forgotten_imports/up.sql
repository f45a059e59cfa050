-- When the rows of an import were dropped; its line in the list stays.
ALTER TABLE imports ADD COLUMN rows_dropped_at TIMESTAMP;
CREATE INDEX imports_kept_rows_idx ON imports (created_at) WHERE rows_dropped_at IS NULL;

-- How many of the undone rows gave a record back what it said; the others removed one.
ALTER TABLE imports ADD COLUMN restored BIGINT NOT NULL DEFAULT 0;
UPDATE imports SET restored =
    (SELECT count(*) FROM import_rows WHERE import_rows.import_id = imports.id AND import_rows.outcome = 'restored')
    WHERE undone > 0;

-- What imports still said of clients who were deleted, and of everybody once their check was over.
UPDATE import_rows SET cells = '[]', before = '', after = '', reason = 'The client was deleted.'
    WHERE client_id IS NULL AND outcome IN ('added', 'updated');
DELETE FROM import_keys WHERE import_id IN (SELECT id FROM imports WHERE state <> 'checking');
