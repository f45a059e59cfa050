CREATE VIRTUAL TABLE conversation_search USING fts5 (
    search_terms, content = 'conversations', content_rowid = 'id', tokenize = 'unicode61', prefix = '2 3 4'
);
CREATE TRIGGER conversation_search_insert AFTER INSERT ON conversations BEGIN
    INSERT INTO conversation_search (rowid, search_terms) VALUES (new.id, new.search_terms);
END;
CREATE TRIGGER conversation_search_update AFTER UPDATE OF search_terms ON conversations BEGIN
    INSERT INTO conversation_search (conversation_search, rowid, search_terms) VALUES ('delete', old.id, old.search_terms);
    INSERT INTO conversation_search (rowid, search_terms) VALUES (new.id, new.search_terms);
END;
CREATE TRIGGER conversation_search_delete AFTER DELETE ON conversations BEGIN
    INSERT INTO conversation_search (conversation_search, rowid, search_terms) VALUES ('delete', old.id, old.search_terms);
END;
