/** What `k6 cloud run` prints while it waits; each line says one of these at most. */
export interface CloudLine {
  /** Page of the run in Grafana. */
  url?: string
  /** `Queued`, or how far it is: `35% 21s of 1m0s`. */
  progress?: string
}

/** Reads a line of k6's standard output. */
export function readCloudLine(line: string): CloudLine {
  // `output: cloud (https://…)` where k6 runs here, with other outputs beside it.
  const [, url] = /^ *output: (?:.*\bcloud \()?(https?:\/\/[^\s),]+)/.exec(line) ?? []
  if (url !== undefined) return { url }
  const [, percent, what = ''] = /^Run +\[ *(\d+)% \] (.+)$/.exec(line) ?? []
  if (percent === undefined) return {}
  const time = /^([\dhms.]+)\/([\dhms]+)$/.exec(what.trim())
  return { progress: time ? `${percent}%, ${time[1]} of ${time[2]}` : what.trim() }
}
