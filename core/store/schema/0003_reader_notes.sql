-- SPDX-FileCopyrightText: 2026 The Clausewright authors
-- SPDX-License-Identifier: Apache-2.0
-- What the document reader left out, kept as the marks are: until now the import told it once, and nobody could ask later.

CREATE TABLE reader_notes (
    contract INTEGER NOT NULL REFERENCES contracts (number),
    place INTEGER NOT NULL, -- from 0
    kind TEXT NOT NULL, -- a name of ReaderNoteKind
    number INTEGER NOT NULL CHECK (number > 0), -- a page, or how many
    PRIMARY KEY (contract, place)
) STRICT, WITHOUT ROWID;
