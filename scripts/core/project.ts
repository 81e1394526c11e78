import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's folder: every path of the project starts here, wherever the user stands. */
export const PROJECT_FOLDER = fileURLToPath(new URL('../..', import.meta.url))

/** Absolute path of something in the checkout. */
export function projectPath(...parts: string[]): string {
  return join(PROJECT_FOLDER, ...parts)
}

/** Version of this toolkit. */
export function toolkitVersion(): string {
  const text = readFileSync(projectPath('package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}
