import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join } from 'node:path'

/** Where to look, and what an executable is called there. */
export interface SearchPath {
  env: NodeJS.ProcessEnv
  platform: NodeJS.Platform
}

/** The first executable of that name on PATH. Relative entries are passed over, as Go does too. */
export async function executableOnPath(
  name: string,
  { env, platform }: SearchPath,
): Promise<string | undefined> {
  const file = platform === 'win32' ? `${name}.exe` : name
  for (const folder of (env['PATH'] ?? env['Path'] ?? '').split(delimiter)) {
    const path = join(folder, file)
    if (isAbsolute(folder) && (await isExecutable(path))) return path
  }
  return undefined
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
