/** What k6 says once a second about a running test. */
export interface Progress {
  elapsedSeconds: number
  vus: number
  iterations: number
}

const LINE = /^running \((?:(\d+)h)?(?:(\d+)m)?([\d.]+)s\), (\d+)\/\d+ VUs, (\d+) complete/

/** Reads a progress line of k6's terminal output; undefined for any other line. */
export function readProgress(line: string): Progress | undefined {
  const match = LINE.exec(line)
  if (!match) return undefined
  const [, hours = 0, minutes = 0, seconds, vus, iterations] = match
  return {
    elapsedSeconds: Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds),
    vus: Number(vus),
    iterations: Number(iterations),
  }
}
