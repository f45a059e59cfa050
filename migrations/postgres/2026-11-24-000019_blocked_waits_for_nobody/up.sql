-- A conversation with a blocked phone waits for nobody to take it.
UPDATE conversations SET unassigned = FALSE WHERE blocked;
