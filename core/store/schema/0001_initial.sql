-- SPDX-FileCopyrightText: 2026 The Clausewright authors
-- SPDX-License-Identifier: Apache-2.0
-- The first form of a project's store. Contracts have a number inside the store, because their ids are long; outside they have ids.
-- Times are ISO 8601 in UTC. Text positions are bytes of the canonical text, boxes are shares of the page.
PRAGMA application_id = 1131181938; -- "Clwr"

CREATE TABLE project (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    project_id TEXT NOT NULL, -- a ULID
    created_at TEXT NOT NULL,
    taxonomy TEXT NOT NULL, -- JSON
    taxonomy_version INTEGER NOT NULL
) STRICT;

CREATE TABLE contracts (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE CHECK (id <> ''),
    title TEXT NOT NULL,
    type TEXT NOT NULL,
    language TEXT NOT NULL,
    source TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    document_sha256 TEXT NOT NULL UNIQUE,
    text_sha256 TEXT NOT NULL,
    reader TEXT NOT NULL,
    text_bytes INTEGER NOT NULL,
    pages INTEGER NOT NULL,
    added_at TEXT NOT NULL
) STRICT;

CREATE TABLE contract_texts (
    contract INTEGER PRIMARY KEY REFERENCES contracts (number),
    text TEXT NOT NULL
) STRICT;

CREATE TABLE contract_pages (
    contract INTEGER NOT NULL REFERENCES contracts (number),
    page INTEGER NOT NULL, -- from 0
    width_points REAL NOT NULL,
    height_points REAL NOT NULL,
    PRIMARY KEY (contract, page)
) STRICT, WITHOUT ROWID;

CREATE TABLE contract_lines (
    contract INTEGER NOT NULL REFERENCES contracts (number),
    line INTEGER NOT NULL, -- from 0, in the reader's order
    page INTEGER NOT NULL,
    begin_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    left_share REAL NOT NULL,
    top_share REAL NOT NULL,
    right_share REAL NOT NULL,
    bottom_share REAL NOT NULL,
    PRIMARY KEY (contract, line)
) STRICT, WITHOUT ROWID;

-- A cell without a row is one that nobody touched.
CREATE TABLE cells (
    contract INTEGER NOT NULL REFERENCES contracts (number),
    clause TEXT NOT NULL, -- a key of the taxonomy
    state TEXT NOT NULL CHECK (state IN ('not_reviewed', 'absent', 'present')),
    unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)),
    conflict INTEGER NOT NULL CHECK (conflict IN (0, 1)),
    value_to_review INTEGER NOT NULL CHECK (value_to_review IN (0, 1)),
    value TEXT CHECK (value IS NULL OR state = 'present'), -- JSON
    annotator TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    PRIMARY KEY (contract, clause)
) STRICT, WITHOUT ROWID;

CREATE TABLE spans (
    contract INTEGER NOT NULL,
    clause TEXT NOT NULL,
    place INTEGER NOT NULL, -- from 0, in document order
    begin_byte INTEGER NOT NULL CHECK (begin_byte >= 0),
    end_byte INTEGER NOT NULL CHECK (end_byte > begin_byte),
    quote TEXT NOT NULL,
    PRIMARY KEY (contract, clause, place),
    FOREIGN KEY (contract, clause) REFERENCES cells (contract, clause) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE splits (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    seed INTEGER NOT NULL, -- the bits of an unsigned number
    strata TEXT NOT NULL, -- JSON array
    created_at TEXT NOT NULL,
    frozen INTEGER NOT NULL CHECK (frozen IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE split_members (
    split TEXT NOT NULL REFERENCES splits (name) ON DELETE CASCADE,
    contract INTEGER NOT NULL REFERENCES contracts (number),
    side TEXT NOT NULL CHECK (side IN ('train', 'validation', 'test')),
    PRIMARY KEY (split, contract)
) STRICT, WITHOUT ROWID;

CREATE TABLE preference_pairs (
    id TEXT PRIMARY KEY, -- a ULID
    content_sha256 TEXT NOT NULL UNIQUE, -- of prompt and outputs, whichever is first
    contract INTEGER REFERENCES contracts (number), -- NULL: of none
    begin_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL,
    prompt TEXT NOT NULL,
    request TEXT NOT NULL, -- JSON array
    first_output TEXT NOT NULL,
    second_output TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('malformed', 'hallucinated', 'candidates')),
    run TEXT NOT NULL,
    verdict TEXT NOT NULL,
    first_shown_left INTEGER NOT NULL CHECK (first_shown_left IN (0, 1)),
    reasons TEXT NOT NULL, -- JSON array
    annotator TEXT NOT NULL,
    voted_at TEXT NOT NULL -- empty: no vote
) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
    id TEXT PRIMARY KEY, -- a ULID
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    split TEXT NOT NULL,
    dataset_hash TEXT NOT NULL,
    started_at TEXT NOT NULL,
    started_by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE models (
    name TEXT PRIMARY KEY CHECK (name <> ''),
    folder TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('base', 'adapter')),
    base TEXT NOT NULL,
    run TEXT NOT NULL,
    added_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who changed what and when. A device's rows are a chain: each holds the hash of the one before and its own hash over everything from
-- op_id to previous_hash. The readable `before` and `after` stand beside the chain, which knows only their salted hashes.
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    op_id TEXT NOT NULL UNIQUE, -- a ULID
    person TEXT NOT NULL,
    os_user TEXT NOT NULL,
    device TEXT NOT NULL,
    logical_clock INTEGER NOT NULL, -- larger than any that this store had seen
    time TEXT NOT NULL,
    entity TEXT NOT NULL,
    entity_id TEXT NOT NULL,
    action TEXT NOT NULL,
    before_hash TEXT NOT NULL, -- SHA-256 of salt and text; empty: nothing was there
    after_hash TEXT NOT NULL,
    previous_hash TEXT NOT NULL, -- empty: the device's first
    hash TEXT NOT NULL UNIQUE,
    salt TEXT NOT NULL,
    before TEXT NOT NULL, -- JSON
    after TEXT NOT NULL
) STRICT;

CREATE INDEX audit_by_entity ON audit (entity_id, seq);
CREATE INDEX audit_by_device ON audit (device, seq);
CREATE INDEX audit_by_clock ON audit (logical_clock);

CREATE TRIGGER audit_keeps_rows BEFORE UPDATE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit is append-only');
END;

-- INSERT OR REPLACE would delete a row without the trigger below.
CREATE TRIGGER audit_replaces_no_rows BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE seq = new.seq OR op_id = new.op_id OR hash = new.hash)
BEGIN
    SELECT raise(ABORT, 'the audit is append-only');
END;

CREATE TRIGGER audit_keeps_all_rows BEFORE DELETE ON audit
BEGIN
    SELECT raise(ABORT, 'the audit is append-only');
END;
