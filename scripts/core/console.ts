import { printableInColour } from './printable.ts'
import { isAbsolute, relative, resolve } from 'node:path'

// What the user sees while something runs: lines that stay, and one that changes.

/** In a log file a changing line becomes a line now and then. */
const LOG_INTERVAL_MS = 10_000

let lastLoggedAtMs = -Infinity
let isLineOpen = false

/** Prints a line that stays. */
export function say(line: string): void {
  endProgress()
  process.stdout.write(`${printableInColour(line)}\n`)
}

/** Shows a line that the next one replaces; in a log, one of them every ten seconds. */
export function progress(text: string): void {
  const line = printableInColour(text)
  if (process.stdout.isTTY) {
    process.stdout.write(`\r\x1b[2K${line.slice(0, (process.stdout.columns || 80) - 1)}`)
    isLineOpen = true
  } else if (performance.now() - lastLoggedAtMs >= LOG_INTERVAL_MS) {
    lastLoggedAtMs = performance.now()
    process.stdout.write(`${line}\n`)
  }
}

/** Removes the changing line. */
export function endProgress(): void {
  if (isLineOpen) process.stdout.write('\r\x1b[2K')
  isLineOpen = false
}

/** A path as somebody would type it here: relative where it is inside, else absolute. */
export function shownPath(path: string, from = process.cwd()): string {
  const inside = relative(from, path) || '.'
  return inside.startsWith('..') || isAbsolute(inside) ? resolve(path) : inside
}
