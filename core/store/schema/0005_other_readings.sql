-- SPDX-FileCopyrightText: 2026 The Clausewright authors
-- SPDX-License-Identifier: Apache-2.0
-- What windows of a contract said against each other: the values that lost stay beside the suggestion that won.

ALTER TABLE suggestions ADD COLUMN margin REAL; -- nats by which a value was likelier than null; NULL: not compared
ALTER TABLE suggestions ADD COLUMN others TEXT NOT NULL DEFAULT '[]'; -- JSON: [{"value", "spans", "window", "margin"}], best first
