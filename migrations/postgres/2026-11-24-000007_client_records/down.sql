DROP INDEX clients_search_idx;
DROP TABLE client_activity;
ALTER TABLE clients DROP COLUMN search_terms;
ALTER TABLE clients DROP COLUMN appointment_at;
ALTER TABLE clients DROP COLUMN lead_source;
ALTER TABLE clients DROP COLUMN company;
