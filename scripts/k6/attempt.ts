/** A binary that answered `k6 version`. */
export interface K6Binary {
  path: string
  /** With its `v`, as k6 prints it. */
  version: string
}

/** What one way of getting k6 came to. */
export type Attempt = K6Binary | Skipped

/** This way gave nothing; the next one is tried. */
export interface Skipped {
  skipped: string
  /** Nothing is wrong: for instance, no k6 on PATH. Mentioned only if every way fails. */
  expected: boolean
}

export function isSkipped(attempt: Attempt): attempt is Skipped {
  return 'skipped' in attempt
}

/** Something is wrong that the user should hear about, though a run may still be possible. */
export function skip(reason: string): Skipped {
  return { skipped: reason, expected: false }
}

/** This way was simply not there. */
export function absent(reason: string): Skipped {
  return { skipped: reason, expected: true }
}
