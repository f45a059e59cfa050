DROP TRIGGER conversation_search_delete;
DROP TRIGGER conversation_search_update;
DROP TRIGGER conversation_search_insert;
DROP TABLE conversation_search;
