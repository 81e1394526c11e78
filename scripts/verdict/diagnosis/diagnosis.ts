/** Something that a run shows besides its verdict, and what to do about it. Plain JSON. */
export interface Diagnosis {
  /** Stable: `throughput-limit`. */
  id: string
  title: string
  /** One sentence with the numbers. */
  text: string
  /** One sentence: what to do. */
  advice: string
  /** `warning`: what was measured may mislead, or the target has a limit. `info`: good to know. */
  severity: 'info' | 'warning'
}
