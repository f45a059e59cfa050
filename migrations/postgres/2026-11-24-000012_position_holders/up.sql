-- On which clients somebody holds a position, for whoever wants to delete it.
CREATE INDEX client_positions_position_idx ON client_positions (position_id, client_id);
