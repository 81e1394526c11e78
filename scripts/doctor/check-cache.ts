import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { cachedK6Path, cacheFolder } from '../k6/cache.ts'
import type { K6Context } from '../k6/k6-context.ts'
import { existingAncestor } from '../plan/disk-space.ts'
import { type Finding, finding, optional } from './finding.ts'

/** Where a downloaded or built k6 is kept. */
export async function checkCache(context: K6Context): Promise<Finding> {
  const folder = cacheFolder(context.env)
  const holdsK6 = await can(constants.X_OK, cachedK6Path(context))
  const found = `${folder} (${holdsK6 ? 'holds a k6' : 'empty'})`

  if (await can(constants.W_OK, await existingAncestor(folder))) return finding('cache', found)
  const advice = 'No k6 can be installed there: set K6_VERDICT_CACHE to a folder you can write to'
  return finding('cache', `${found}, not writable`, optional(advice))
}

async function can(mode: number, path: string): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  )
}
