/** One series and its value now. */
export interface Gauge {
  name: string
  /** Without the labels that all series of a run have. */
  labels: Record<string, string>
  value: number
  /** When it began, if that is known better than by the next push; milliseconds since 1970. */
  fromMs?: number
  /** When it ends, likewise. */
  untilMs?: number
  /** It counts upwards, so it began at zero: without that zero, increase() loses what came before the first push. */
  isCounter?: boolean
}
