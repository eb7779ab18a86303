-- SPDX-FileCopyrightText: 2026 The Clausewright authors
-- SPDX-License-Identifier: Apache-2.0
-- What several annotators need: readings beside the record, suggestions, undo that outlives the window, versions of the taxonomy, marks in the
-- text, and the corpus search.

-- What the import only supposed: a JSON array of "type", "language", "parties". A person's word takes a name out of it.
ALTER TABLE contracts ADD COLUMN guessed TEXT NOT NULL DEFAULT '[]';
ALTER TABLE contracts ADD COLUMN parties_guess TEXT NOT NULL DEFAULT '[]'; -- JSON array of names

-- Places of the canonical text that need a person's eye: hidden text, words that OCR is unsure of, tracked changes.
CREATE TABLE text_marks (
    contract INTEGER NOT NULL REFERENCES contracts (number),
    place INTEGER NOT NULL, -- from 0, in document order
    kind TEXT NOT NULL, -- a name of TextMarkKind
    begin_byte INTEGER NOT NULL CHECK (begin_byte >= 0),
    end_byte INTEGER NOT NULL CHECK (end_byte >= begin_byte), -- equal: something was taken out there
    detail TEXT NOT NULL,
    confidence REAL NOT NULL, -- 0..1; 1 where it has none
    PRIMARY KEY (contract, place)
) STRICT, WITHOUT ROWID;

-- Reading 0 is the contract's record: what exports, training and scores see. 1 and 2 are the two readings of a double annotation: 2 is
-- written blind, 1 is the record as it stood when both were finished.
CREATE TABLE readings (
    contract INTEGER NOT NULL REFERENCES contracts (number),
    number INTEGER NOT NULL CHECK (number IN (0, 1, 2)),
    annotator TEXT NOT NULL, -- whose work it is; empty: nobody's yet
    assigned_by TEXT NOT NULL,
    assigned_at TEXT NOT NULL,
    finished_at TEXT NOT NULL, -- empty: open
    PRIMARY KEY (contract, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE cells_2 (
    contract INTEGER NOT NULL REFERENCES contracts (number),
    reading INTEGER NOT NULL CHECK (reading IN (0, 1, 2)),
    clause TEXT NOT NULL, -- a key of the taxonomy, of any version
    state TEXT NOT NULL CHECK (state IN ('not_reviewed', 'absent', 'present')),
    unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)),
    conflict INTEGER NOT NULL CHECK (conflict IN (0, 1)),
    value_to_review INTEGER NOT NULL CHECK (value_to_review IN (0, 1)),
    value TEXT CHECK (value IS NULL OR state = 'present'), -- JSON
    annotator TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    note TEXT NOT NULL,
    looked_for TEXT NOT NULL, -- JSON: the terms searched before the decision, each with its number of hits
    suggestion TEXT NOT NULL, -- origin of the suggestion that was shown; empty: none, or it was kept hidden
    dwell_ms INTEGER NOT NULL, -- from showing the clause to deciding
    PRIMARY KEY (contract, reading, clause)
) STRICT, WITHOUT ROWID;

CREATE TABLE spans_2 (
    contract INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    clause TEXT NOT NULL,
    place INTEGER NOT NULL, -- from 0, in document order
    begin_byte INTEGER NOT NULL CHECK (begin_byte >= 0),
    end_byte INTEGER NOT NULL CHECK (end_byte > begin_byte),
    quote TEXT NOT NULL,
    PRIMARY KEY (contract, reading, clause, place),
    FOREIGN KEY (contract, reading, clause) REFERENCES cells_2 (contract, reading, clause) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

INSERT INTO cells_2 SELECT contract, 0, clause, state, unsure, conflict, value_to_review, value, annotator, decided_at, '', '[]', '', 0 FROM cells;
INSERT INTO spans_2 SELECT contract, 0, clause, place, begin_byte, end_byte, quote FROM spans;
DROP TABLE spans;
DROP TABLE cells;
ALTER TABLE cells_2 RENAME TO cells;
ALTER TABLE spans_2 RENAME TO spans;

-- What rules or a model suppose. Never a decision: whether one was accepted, corrected or rejected follows from the cell beside it.
CREATE TABLE suggestions (
    contract INTEGER NOT NULL REFERENCES contracts (number),
    clause TEXT NOT NULL,
    origin TEXT NOT NULL, -- "rules 1", or a run's id
    state TEXT NOT NULL CHECK (state IN ('absent', 'present')),
    spans TEXT NOT NULL, -- JSON, as in the audit
    value TEXT, -- JSON
    score REAL NOT NULL, -- 0..1
    made_at TEXT NOT NULL,
    PRIMARY KEY (contract, clause, origin)
) STRICT, WITHOUT ROWID;

-- Steps that can be undone or, where undone, taken again. A new step takes the undone ones of its subject and person away.
CREATE TABLE undo_steps (
    step INTEGER PRIMARY KEY,
    subject TEXT NOT NULL, -- "<reading>/<contract>" or "votes"
    person TEXT NOT NULL,
    label TEXT NOT NULL,
    before TEXT NOT NULL, -- JSON
    after TEXT NOT NULL,
    undone INTEGER NOT NULL CHECK (undone IN (0, 1))
) STRICT;

CREATE INDEX undo_steps_by_subject ON undo_steps (subject, person, step);

CREATE TABLE taxonomies (
    version INTEGER PRIMARY KEY,
    taxonomy TEXT NOT NULL, -- JSON
    change TEXT NOT NULL, -- JSON: what made it of the version before
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT;

INSERT INTO taxonomies SELECT taxonomy_version, taxonomy, '{}', '', created_at FROM project;

-- The corpus search: passages of the canonical texts, whose words alone are kept in the index.
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,
    contract INTEGER NOT NULL REFERENCES contracts (number),
    begin_byte INTEGER NOT NULL,
    end_byte INTEGER NOT NULL
) STRICT;

CREATE INDEX passages_by_contract ON passages (contract, begin_byte);

CREATE VIRTUAL TABLE passage_words USING fts5 (text, content = '', tokenize = 'unicode61 remove_diacritics 2', prefix = '3');
