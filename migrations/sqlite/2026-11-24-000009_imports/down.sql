DROP INDEX clients_email_idx;
DROP TABLE import_keys;
DROP TABLE import_rows;
DROP TABLE imports;
