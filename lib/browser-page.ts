// A page of a browser for one operation: opened, used, and closed however that ends. What the browser says went wrong
// fails the operation, under a reason that begins with `page-`.
import { browser, type Page } from 'k6/browser'
import exec from 'k6/execution'
import { env } from './env.ts'
import { operationFailed } from './operation-failed.ts'

/** Shorter than k6's own 30 s: an operation at the end of the load must not be interrupted before it has failed. */
const TIMEOUT_MS = 10_000

const SCREENSHOTS_PER_VU = 3

// One VU runs in one JavaScript runtime, so this counts those of one VU.
let screenshots = 0

/**
 * Opens a page, lets `use` drive it, and closes it. Each action waits for its element 10 s at most, unless it says
 * `timeout`.
 *
 * @throws OperationError `page-timeout`, `page-unreachable`, `page-crashed` or `page-failed`, and what `use` throws
 */
export const withPage = async <Result>(use: (page: Page) => Promise<Result>): Promise<Result> => {
  let page: Page | undefined
  try {
    page = await browser.newPage()
    page.setDefaultTimeout(TIMEOUT_MS)
    page.setDefaultNavigationTimeout(TIMEOUT_MS)
    const result = await use(page)
    await page.close()
    return result
  } catch (error) {
    await leave(page)
    throw isOfBrowser(error) ? pageFailed(String(error)) : error
  }
}

// What k6's browser rejects with is no Error of JavaScript.
const isOfBrowser = (error: unknown): boolean => !(error instanceof Error)

const REASONS = [
  [/crash|target closed|websocket|connection closed/i, 'page-crashed'],
  [/net::ERR_/, 'page-unreachable'],
  [/timed? ?out|deadline exceeded/i, 'page-timeout'],
] as const

const pageFailed = (message: string): Error => {
  const [, reason] = REASONS.find(([pattern]) => pattern.test(message)) ?? []
  return operationFailed(reason ?? 'page-failed', message)
}

// A page that has crashed can be neither photographed nor closed.
const leave = async (page: Page | undefined): Promise<void> => {
  try {
    await photograph(page)
    await page?.close()
  } catch {
    // What went wrong first is what counts.
  }
}

const photograph = async (page: Page | undefined): Promise<void> => {
  const folder = env('K6V_SCREENSHOTS')
  if (folder === undefined || screenshots++ >= SCREENSHOTS_PER_VU) return
  const { idInTest, iterationInInstance } = exec.vu
  await page?.screenshot({ path: `${folder}/vu-${idInTest}-iteration-${iterationInInstance}.png` })
}
