DROP TABLE message_templates;
ALTER TABLE positions DROP COLUMN merge_name;
