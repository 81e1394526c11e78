import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { absent, type Attempt, skip } from './attempt.ts'
import { cachedK6Path } from './cache.ts'
import { k6BinUnusable } from './errors.ts'
import { executableOnPath } from './executable-on-path.ts'
import type { K6Context } from './k6-context.ts'
import { isSupported, k6Version } from './k6-version.ts'

/** The k6 the user named. It works or it is an error. */
export async function k6FromVariable(context: K6Context): Promise<Attempt> {
  const given = context.env['K6_BIN']
  if (!given) return absent('K6_BIN is not set')

  const path = resolve(given)
  if (!(await exists(path))) throw k6BinUnusable(path, 'there is no such file')
  const attempt = await tryBinary(path, context)
  if ('problem' in attempt) throw k6BinUnusable(path, attempt.problem)
  return attempt
}

/** The k6 the user has installed, unless it is too old or too new to drive. */
export async function k6OnPath(context: K6Context): Promise<Attempt> {
  const path = await executableOnPath('k6', context)
  if (path === undefined) return absent('there is no k6 on PATH')

  const attempt = await tryBinary(path, context)
  return 'problem' in attempt ? skip(`${path} ${attempt.problem}`) : attempt
}

/** The k6 that an earlier run downloaded or built. */
export async function k6InCache(context: K6Context): Promise<Attempt> {
  const path = cachedK6Path(context)
  if (!(await exists(path))) return absent(`there is no ${path}`)

  const attempt = await tryBinary(path, context)
  return 'problem' in attempt ? skip(`${path} ${attempt.problem}`) : attempt
}

async function tryBinary(
  path: string,
  context: K6Context,
): Promise<{ path: string; version: string } | { problem: string }> {
  const answer = await k6Version(path, context)
  if ('problem' in answer) return answer
  if (isSupported(answer.version)) return { path, version: answer.version }
  return { problem: `is ${answer.version}, and this project needs >= 2.0 and < 3` }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
