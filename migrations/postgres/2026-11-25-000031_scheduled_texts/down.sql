DROP TABLE scheduled_texts;
