import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The checkout's folder: every path of the project starts here, wherever the user stands. */
export const PROJECT_FOLDER = fileURLToPath(new URL('..', import.meta.url))

/** Absolute path of something in the checkout. */
export function projectPath(...parts: string[]): string {
  return join(PROJECT_FOLDER, ...parts)
}
