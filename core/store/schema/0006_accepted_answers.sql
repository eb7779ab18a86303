-- SPDX-FileCopyrightText: 2026 The Clausewright authors
-- SPDX-License-Identifier: Apache-2.0
-- Answers to a present clause that are as right as the one in its cell: an anniversary and the day before it.

ALTER TABLE cells ADD COLUMN alternatives TEXT NOT NULL DEFAULT '[]'; -- JSON: [{"spans", "value"}]
