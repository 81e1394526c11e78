import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseUsers } from '../../lib/users-file.ts'
import { ToolkitError } from '../core/errors.ts'
import { USERS_FILE } from '../k6/environment.ts'
import { parseJson } from '../sla/json-syntax.ts'
import { usersFileUnusable } from './errors.ts'

/**
 * Reads the users file as k6 will, before anything starts. Without AUTH_USERS_FILE there is none.
 *
 * @throws ToolkitError with the file and the place, never with anything of what it holds
 */
export async function requireUsersFile(env: NodeJS.ProcessEnv): Promise<void> {
  const path = env[USERS_FILE]
  if (!path) return
  const other = ['AUTH_USERNAME', 'AUTH_PASSWORD'].find((name) => env[name])
  if (other !== undefined) {
    const hint = `Unset ${USERS_FILE}, or AUTH_USERNAME and AUTH_PASSWORD.`
    throw usersFileUnusable(`Expected ${USERS_FILE} or ${other}, got both`, hint)
  }
  const text = await textOf(path)
  try {
    parseUsers(text, path)
  } catch (error) {
    throw usersFileUnusable(await withLine(text, (error as Error).message))
  }
}

async function textOf(path: string): Promise<string> {
  const refused = (got: string) =>
    usersFileUnusable(
      `Expected ${USERS_FILE} to be a file, got ${got}: ${resolve(path)}`,
      'A path is relative to the folder of the command.',
    )
  try {
    // k6 reads it again, which a pipe does not allow.
    if (!(await stat(path)).isFile()) throw refused('a folder, a pipe or a device')
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof ToolkitError) throw error
    const { code } = error as NodeJS.ErrnoException
    throw refused(code === 'ENOENT' ? 'none' : `one that cannot be read (${code ?? 'no reason'})`)
  }
}

/** The same with the line of a mistake in JSON, which k6's engine does not tell. */
async function withLine(text: string, message: string): Promise<string> {
  if (!message.endsWith('a syntax error')) return message
  const parsed = await parseJson(text)
  const line = 'fault' in parsed ? parsed.fault.line : undefined
  return line === undefined ? message : `${message} in line ${line}`
}

/**
 * The environment of a script, whose users file has been checked: what is wrong with that is said with the line, and
 * before k6 is looked for.
 *
 * @throws ToolkitError when the users file is not what it should be
 */
export async function scriptEnvironment(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  await requireUsersFile(env)
  return env
}
