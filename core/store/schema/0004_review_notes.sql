-- SPDX-FileCopyrightText: 2026 The Clausewright authors
-- SPDX-License-Identifier: Apache-2.0
-- What people say of a run's answers: verdicts, comments, disputes about the gold, and contracts whose like is wanted for training. A note is
-- never deleted: who takes it back withdraws it. The contract is named by its id, because a run that was copied here may know some that the
-- project doesn't.

CREATE TABLE review_notes (
    id TEXT PRIMARY KEY, -- a ULID
    contract TEXT NOT NULL CHECK (contract <> ''),
    clause TEXT NOT NULL, -- a key of the run's taxonomy
    run TEXT NOT NULL, -- run A, whose answer it is about
    against TEXT NOT NULL, -- run B; empty: none
    kind TEXT NOT NULL CHECK (kind IN ('verdict', 'comment', 'dispute', 'wanted')),
    verdict TEXT NOT NULL CHECK (verdict IN ('none', 'a_right', 'b_right', 'both_wrong')),
    text TEXT NOT NULL,
    proposed TEXT NOT NULL, -- JSON of what a dispute wants the gold to be: {"q":[...],"v":...}, or null
    state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'withdrawn')),
    person TEXT NOT NULL,
    made_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX review_notes_by_clause ON review_notes (contract, clause, id);
