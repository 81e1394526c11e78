import { readFile } from 'node:fs/promises'
import { answers } from '../observability/await-ready.ts'
import { runningStack } from '../observability/stack-state.ts'
import { projectPath } from '../core/project.ts'
import { printPage } from '../report/pdf.ts'
import { grafanaSilent } from './errors.ts'
import type { RunSpan } from './run-span.ts'

export interface PrintedDashboard {
  /** Name of the dashboard's file: `run-overview`. */
  board: string
  testid: string
  span: RunSpan
  out: string
  env: NodeJS.ProcessEnv
  /** Base URL; else the one that runs here. */
  grafana: string | undefined
}

const DEFAULT_GRAFANA = 'http://127.0.0.1:3000'

/** Chromium's own clock runs ahead while nothing is loading: seconds of waiting take less. */
const WAIT_MS = 30_000

// Tall enough for every panel to be in sight: Grafana draws no other.
const OPTIONS = [`--virtual-time-budget=${WAIT_MS}`, '--window-size=1600,5000']

/**
 * Prints a dashboard as Grafana shows it.
 *
 * @throws ToolkitError when there is no Grafana, or no Chromium
 */
export async function printDashboard(input: PrintedDashboard): Promise<void> {
  const { board, testid, span, out, env } = input
  const grafana = (input.grafana ?? runningStack(env)?.grafana ?? DEFAULT_GRAFANA).replace(
    /\/$/,
    '',
  )
  if (!(await answers(`${grafana}/api/health`))) throw grafanaSilent(grafana)
  const file = projectPath('grafana', 'generated', 'dashboards', `${board}.json`)
  const { uid } = JSON.parse(await readFile(file, 'utf8')) as { uid: string }
  const url = dashboardUrl(grafana, { uid, testid, span })
  await printPage({ url, pdf: out, env, options: OPTIONS })
}

/** A dashboard with nothing around it, on paper's background, standing still. */
function dashboardUrl(
  grafana: string,
  { uid, testid, span }: { uid: string; testid: string; span: RunSpan },
): string {
  const parameters = new URLSearchParams({
    'var-testid': testid,
    from: String(Math.floor(span.startSeconds * 1_000)),
    to: String(Math.ceil(span.endSeconds * 1_000)),
    theme: 'light',
    refresh: '',
  })
  return `${grafana}/d/${uid}?${parameters.toString()}&kiosk`
}
