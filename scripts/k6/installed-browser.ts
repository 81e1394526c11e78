import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { executableOnPath, type SearchPath } from './executable-on-path.ts'

/** In the order of k6's own search (k6 v2.2.0, internal/js/modules/k6/browser/chromium/browser_type.go). */
export const BROWSER_NAMES = [
  ...['headless_shell', 'headless-shell', 'chromium', 'chromium-browser', 'google-chrome'],
  ...['google-chrome-stable', 'google-chrome-beta', 'google-chrome-unstable', 'chrome'],
]

const ON_MACOS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/** Chromium or Chrome, where k6 looks for it: on the PATH, then where installers for macOS and Windows put it. */
export async function installedBrowser(search: SearchPath): Promise<string | undefined> {
  for (const name of BROWSER_NAMES) {
    const path = await executableOnPath(name, search)
    if (path !== undefined) return path
  }
  return placesOf(search).find((path) => existsSync(path))
}

function placesOf({ env, platform }: SearchPath): string[] {
  if (platform === 'darwin') return ON_MACOS
  if (platform !== 'win32') return []
  const own = env['USERPROFILE']
  const folders = ['C:\\Program Files (x86)', 'C:\\Program Files']
  if (own) folders.push(join(own, 'AppData', 'Local'))
  return folders.map((folder) => join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'))
}
