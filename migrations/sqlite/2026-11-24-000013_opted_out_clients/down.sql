DROP INDEX clients_opted_out_idx;
ALTER TABLE clients DROP COLUMN opted_out;
