import { isAlertLine, isServerLine, serverMetricsLines } from './server-file.ts'

/** A limit on a metric of a target that was missed while the run went on. */
export interface ServerAlert {
  atMs: number
  url: string
  /** Of the objective. */
  id: string
  severity: 'critical' | 'warning'
  value: number
  /** `212 MB, expected < 200MB` */
  text: string
}

/** The alerts of a run, in order of time. */
export async function readServerAlerts(folder: string): Promise<ServerAlert[]> {
  const lines = await serverMetricsLines(folder)
  const urls = new Map(
    lines.flatMap((line) => (isServerLine(line) ? [[line.server, line.url] as const] : [])),
  )
  return lines
    .flatMap((line) => (isAlertLine(line) ? [line] : []))
    .map(({ server, atMs, alert }) => ({ atMs, url: urls.get(server) ?? '', ...alert }))
    .sort((one, other) => one.atMs - other.atMs)
}
