import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { existingAncestor } from '../plan/disk-space.ts'
import { BYTES_PER_GIB, type Finding, finding, gibibytes, optional, required } from './finding.ts'

/** About two million recorded requests, at 1,040 bytes each. */
const ENOUGH_BYTES = 2 * BYTES_PER_GIB

/** Room for recorded samples where runs are written. */
export async function checkDisk(
  resultsFolder: string,
  enoughBytes: number = ENOUGH_BYTES,
): Promise<Finding> {
  const folder = await existingAncestor(resultsFolder)
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = bavail * bsize
  const found = `${gibibytes(freeBytes)} free in ${resultsFolder}`

  if (!(await isWritable(folder))) {
    return finding('results folder', `cannot write to ${folder}`, required(`chmod u+w ${folder}`))
  }
  if (freeBytes >= enoughBytes) return finding('results folder', found)
  const advice = `A recorded request takes about 1 kB. Free some space: df -h ${folder}`
  return finding('results folder', found, optional(advice))
}

async function isWritable(folder: string): Promise<boolean> {
  return access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
}
