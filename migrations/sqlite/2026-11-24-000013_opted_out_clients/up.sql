-- Whether one of their phones has opted out: carried on the record, so that the list of them is one index range.
ALTER TABLE clients ADD COLUMN opted_out BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE clients SET opted_out = TRUE
    WHERE id IN (SELECT client_phones.client_id FROM client_phones JOIN opt_outs ON opt_outs.phone = client_phones.phone);
CREATE INDEX clients_opted_out_idx ON clients (opted_out, id);
