/** The rows of each table. Times are ISO 8601 in UTC, always with milliseconds. */
export interface Tables {
  users: { id: number; username: string; segment: string; password_digest: string }
  batches: { id: number; user_id: number; prompts: number; cost_usd: number; created_at: string }
  enhancements: {
    /** Given by `EntryIds`, which ratings share. */
    id: number
    user_id: number
    batch_id: number | null
    prompt: string
    technique: string
    confidence: number
    cost_usd: number
    /** Never before that of a smaller id. */
    created_at: string
    /** From the start of the request's work to just before this row was stored. */
    latency_ms: number
  }
  /** Only ever added to: of several for one enhancement, the largest id counts. */
  ratings: { id: number; enhancement_id: number; satisfied: number }
}

/** Makes an empty database of `Tables`. */
export const SCHEMA = `
  CREATE TABLE users (
    id INTEGER PRIMARY KEY, username TEXT NOT NULL UNIQUE, segment TEXT NOT NULL,
    password_digest TEXT NOT NULL
  );
  CREATE TABLE batches (
    id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, prompts INTEGER NOT NULL,
    cost_usd REAL NOT NULL, created_at TEXT NOT NULL
  );
  CREATE TABLE enhancements (
    id INTEGER PRIMARY KEY, user_id INTEGER NOT NULL, batch_id INTEGER, prompt TEXT NOT NULL,
    technique TEXT NOT NULL, confidence REAL NOT NULL, cost_usd REAL NOT NULL,
    created_at TEXT NOT NULL, latency_ms REAL NOT NULL
  );
  CREATE INDEX enhancements_by_user ON enhancements (user_id, id);
  CREATE TABLE ratings (
    id INTEGER PRIMARY KEY, enhancement_id INTEGER NOT NULL, satisfied INTEGER NOT NULL
  );
  CREATE INDEX ratings_by_enhancement ON ratings (enhancement_id, id, satisfied);`
