// Why k6 does not take a script, in few words.
import { existsSync, readdirSync } from 'node:fs'
import { dirname, extname, join, relative, resolve } from 'node:path'
import type { ToolkitError } from '../core/errors.ts'
import { messagesIn } from '../k6/k6-log.ts'
import { nearest } from '../core/nearest.ts'
import { scriptMissing, scriptRefused } from './errors.ts'
import { scriptText, STANDARD_INPUT } from './typed-path.ts'

export interface Refusal {
  /** As typed. */
  script: string
  /** Where it was typed. */
  folder: string
  /** k6's log. */
  log: string
  exitCode: number
}

/** k6 v2.2.0, internal/loader/loader.go: what follows tells of Docker. */
const NOT_FOUND = /(couldn't be found on local disk)\. Make sure that .*$/s

/** k6's own reason, and a reason of ours where there is no such file at all. */
export function refusalOf({ script, folder, log, exitCode }: Refusal): ToolkitError {
  const [reason = 'it gives no reason'] = messagesIn(log).reverse()
  const path = resolve(folder, script)
  const isFile = script !== STANDARD_INPUT && !URL.canParse(script)
  if (isFile && NOT_FOUND.test(reason) && !existsSync(path)) {
    return scriptMissing(path, { folder, near: scriptLike(path, folder), exitCode })
  }
  return scriptRefused(scriptText(script), reason.replace(NOT_FOUND, '$1'), exitCode)
}

/** The script beside it whose name is most like it. */
function scriptLike(path: string, folder: string): string | undefined {
  const beside = dirname(path)
  const scripts = namesIn(beside).filter((name) => /^\.[cm]?[jt]s$/.test(extname(name)))
  const near = nearest(relative(beside, path), scripts)
  return near === undefined ? undefined : relative(folder, join(beside, near))
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
