DROP TRIGGER client_search_delete;
DROP TRIGGER client_search_update;
DROP TRIGGER client_search_insert;
DROP TABLE client_search;
DROP TABLE client_activity;
ALTER TABLE clients DROP COLUMN search_terms;
ALTER TABLE clients DROP COLUMN appointment_at;
ALTER TABLE clients DROP COLUMN lead_source;
ALTER TABLE clients DROP COLUMN company;
