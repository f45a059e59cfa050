DROP INDEX conversations_search_idx;
