import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome']

/** Why tests that drive a browser are skipped; false where there is one, and in CI, which installs it. */
export function skipWithoutChromium(): string | false {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const isThere = folders.some((folder) =>
    PROGRAMS.some((name) => isExecutable(join(folder, name))),
  )
  if (isThere || process.env['CI']) return false
  return 'no Chromium on the PATH: sudo apt-get install chromium'
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
