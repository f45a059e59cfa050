CREATE INDEX conversations_search_idx ON conversations USING gin (to_tsvector('simple', search_terms));
