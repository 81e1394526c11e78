// What a k6 did, by its own JSON output and summary, to hold plain k6 against `run`.
import { readFile } from 'node:fs/promises'

/** What two runs of a script must have in common. */
export interface ScriptOutcome {
  exitCode: number | undefined
  iterations: number
  /** By method, name and status. */
  requests: Record<string, number>
  /** Passed and failed. */
  checks: Record<string, [number, number]>
  /** Samples of WebSockets, gRPC and of the script's own metrics. */
  samples: Record<string, number>
  crossed: string[]
}

interface Point {
  type: string
  metric: string
  data: { value: number; tags?: Record<string, string> }
}

/** Reads what k6 has written with `--out json` and `--summary-export`; nothing where it never began. */
export async function outcomeOf(
  exitCode: number | undefined,
  { json, summary }: { json: string; summary: string },
): Promise<ScriptOutcome> {
  const text = await readFile(json, 'utf8').catch(() => '')
  const found: ScriptOutcome = {
    ...{ exitCode, iterations: 0, requests: {}, checks: {}, samples: {} },
    crossed: await crossedIn(summary),
  }
  for (const line of text.split('\n').filter(Boolean)) {
    const point = JSON.parse(line) as Point
    if (point.type === 'Point') count(found, point)
  }
  return found
}

const OF_K6 =
  /^(http_|iteration|vus|data_|dropped_|ws_(connecting|session_duration)|group_duration)/

function count(found: ScriptOutcome, { metric, data: { value, tags = {} } }: Point): void {
  if (metric === 'iterations') found.iterations += value
  else if (metric === 'http_reqs') {
    const key = `${tags['method']} ${tags['name']} ${tags['status']}`
    found.requests[key] = (found.requests[key] ?? 0) + value
  } else if (metric === 'checks') {
    const [passed, failed] = found.checks[tags['check'] ?? ''] ?? [0, 0]
    found.checks[tags['check'] ?? ''] = value ? [passed + 1, failed] : [passed, failed + 1]
  } else if (!OF_K6.test(metric)) found.samples[metric] = (found.samples[metric] ?? 0) + 1
}

async function crossedIn(summary: string): Promise<string[]> {
  const text = await readFile(summary, 'utf8').catch(() => '{"metrics":{}}')
  const { metrics } = JSON.parse(text) as {
    metrics: Record<string, { thresholds?: Record<string, boolean> }>
  }
  return Object.entries(metrics)
    .flatMap(([metric, { thresholds = {} }]) =>
      Object.entries(thresholds).flatMap(([each, isCrossed]) =>
        isCrossed ? [`${metric}: ${each}`] : [],
      ),
    )
    .sort()
}
