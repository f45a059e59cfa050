-- When automatic texts may leave, in minutes of the client's day: from the first until just before the second.
ALTER TABLE company ADD COLUMN quiet_from BIGINT NOT NULL DEFAULT 540;
ALTER TABLE company ADD COLUMN quiet_to BIGINT NOT NULL DEFAULT 1200;
ALTER TABLE company ADD COLUMN quiet_sunday_from BIGINT NOT NULL DEFAULT 720;
ALTER TABLE company ADD COLUMN quiet_sunday_to BIGINT NOT NULL DEFAULT 1200;
