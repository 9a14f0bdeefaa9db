-- Who looks after the installation: said in their access tokens.
ALTER TABLE users ADD COLUMN admin boolean NOT NULL DEFAULT false;
