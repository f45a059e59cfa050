ALTER TABLE company DROP COLUMN quiet_sunday_to;
ALTER TABLE company DROP COLUMN quiet_sunday_from;
ALTER TABLE company DROP COLUMN quiet_to;
ALTER TABLE company DROP COLUMN quiet_from;
