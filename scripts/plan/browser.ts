import { accessSync, constants } from 'node:fs'
import type { Options } from 'k6/options'
import { installedBrowser } from '../k6/installed-browser.ts'
import { browserMissing } from './errors.ts'

/** What comes before any search: one that is named, and one that runs elsewhere. */
const PATH = 'K6_BROWSER_EXECUTABLE_PATH'
const ARGUMENTS = 'K6_BROWSER_ARGS'
const ELSEWHERE = ['K6_BROWSER_WS_URL', 'K6_INSTANCE_SCENARIOS']

/** Whether a k6 scenario of these options drives a browser. */
export function drivesBrowser({ scenarios = {} }: Pick<Options, 'scenarios'>): boolean {
  return Object.values(scenarios).some(
    ({ options }) => (options as { browser?: unknown } | undefined)?.browser !== undefined,
  )
}

/**
 * Makes sure that k6 finds the browser that a scenario drives: it says so only when the load has begun.
 *
 * @throws ToolkitError that says how to install one
 */
export async function requireBrowser(
  options: Pick<Options, 'scenarios'>,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  if (!drivesBrowser(options) || ELSEWHERE.some((name) => env[name])) return
  const named = env[PATH]
  if (named) {
    if (!isExecutable(named)) throw browserMissing(`an executable file at ${PATH}`, `"${named}"`)
    return
  }
  const found = await installedBrowser({ env, platform: process.platform })
  if (found === undefined) throw browserMissing('Chromium or Chrome on the PATH', 'none')
}

/** What k6 needs besides the user's own K6_BROWSER_… variables. */
export function browserVariables(
  options: Pick<Options, 'scenarios'>,
  { env, screenshots }: { env: NodeJS.ProcessEnv; screenshots: string },
): Record<string, string> {
  if (!drivesBrowser(options)) return {}
  // Chromium refuses to run as root within its sandbox, and in most containers there is no other user.
  const isRoot = process.getuid?.() === 0
  return {
    K6V_SCREENSHOTS: screenshots,
    ...(isRoot && !env[ARGUMENTS] && { [ARGUMENTS]: 'no-sandbox' }),
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
