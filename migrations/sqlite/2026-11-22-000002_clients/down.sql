DROP TABLE client_positions;
DROP TABLE client_phones;
DROP TABLE clients;
DROP TABLE positions;
DROP TABLE lead_statuses;
