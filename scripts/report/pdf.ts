import { execa } from 'execa'
import { copyFile, mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BROWSER_NAMES, installedBrowser } from '../k6/installed-browser.ts'
import { chromiumNotFound, pdfFailed } from './errors.ts'
import { WEBHOOK_VARIABLE } from './send-slack.ts'

const TIMEOUT_MS = 60_000

export interface PdfInput {
  /** The report to print. */
  html: string
  pdf: string
  env: NodeJS.ProcessEnv
}

/** Prints the HTML report with a headless Chromium. */
export async function writePdf({ html, pdf, env }: PdfInput): Promise<void> {
  await printPage({ url: pathToFileURL(html).href, pdf, env })
}

export interface PrintInput {
  url: string
  pdf: string
  env: NodeJS.ProcessEnv
  /** Further options of Chromium. */
  options?: readonly string[]
}

/**
 * Prints a page with a headless Chromium.
 *
 * @throws ToolkitError when there is none, or it prints nothing
 */
export async function printPage({ url, pdf, env, options = [] }: PrintInput): Promise<void> {
  const program = await findChromium(env)
  // A profile of its own: a Chromium that is open would take the page and print nothing.
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-pdf-'))
  try {
    const printed = join(folder, 'report.pdf')
    const { failed, timedOut, stderr } = await execa(
      program,
      [...chromiumArguments(folder), ...options, url],
      {
        env: { [WEBHOOK_VARIABLE]: undefined },
        timeout: TIMEOUT_MS,
        forceKillAfterDelay: 2_000,
        stdin: 'ignore',
        reject: false,
      },
    )
    if (timedOut) throw pdfFailed(`${program} did not end within ${TIMEOUT_MS / 1_000} s`)
    // Chromium says success even where it could not write.
    if (failed || !(await isPdf(printed))) throw pdfFailed(`${program}: ${lastLine(stderr)}`)
    await copyFile(printed, pdf)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** `CHROMIUM_BIN`, which is never passed over, or else the first one on PATH. */
export async function findChromium(env: NodeJS.ProcessEnv): Promise<string> {
  const own = env['CHROMIUM_BIN']
  if (own) {
    if (await isFile(own)) return own
    throw chromiumNotFound(`got no file by CHROMIUM_BIN: ${own}`)
  }
  const found = await installedBrowser({ env, platform: process.platform })
  if (found !== undefined) return found
  throw chromiumNotFound(`found none of ${BROWSER_NAMES.join(', ')} on PATH`)
}

function chromiumArguments(folder: string): string[] {
  return [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--no-pdf-header-footer',
    `--user-data-dir=${join(folder, 'profile')}`,
    `--print-to-pdf=${join(folder, 'report.pdf')}`,
  ]
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false
}

async function isPdf(path: string): Promise<boolean> {
  const file = await open(path).catch(() => undefined)
  if (!file) return false
  try {
    const start = Buffer.alloc(5)
    await file.read(start, 0, 5, 0)
    return start.toString() === '%PDF-'
  } finally {
    await file.close()
  }
}

function lastLine(stderr: string): string {
  return stderr.trim().split('\n').at(-1) || 'it said nothing'
}
