import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { resultsFolder } from '../run-folder/run-folder.ts'
import { userPath } from '../script/typed-path.ts'
import { suiteNotFound } from './errors.ts'
import { SUITE_FILE } from './suite-state.ts'

/** As suites are called: they sort by time, and no run is called so. */
const SUITE_ID = /^suite-(\d{8}-\d{6})-./

/** The folder of a suite: a path, its name in the results folder, or the newest where nothing is said. */
export async function findSuite(
  named: string | undefined,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  const results = resultsFolder(env)
  if (named === undefined) {
    const names = await readdir(results).catch(() => [])
    const last = names
      .filter((name) => SUITE_ID.test(name))
      .sort()
      .at(-1)
    if (last === undefined) throw suiteNotFound('none: no suite was run', results)
    return join(results, last)
  }
  const places = [join(results, named), userPath(named, env)]
  const found = places.find((path) => named !== '' && existsSync(join(path, SUITE_FILE)))
  if (found === undefined) throw suiteNotFound(`"${named}"`, results)
  return found
}
