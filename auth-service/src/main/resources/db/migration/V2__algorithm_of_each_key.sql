-- Each key is for one algorithm, so that a rotation may change it.
ALTER TABLE signing_keys ADD COLUMN algorithm text NOT NULL DEFAULT 'RS256';
