import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { type Attempt, skip } from './attempt.ts'
import { installAtomically } from './cache.ts'
import { withElapsedProgress } from './elapsed-progress.ts'
import { k6ChecksumWrong } from './errors.ts'
import { expectedChecksum } from './expected-checksum.ts'
import type { K6Context } from './k6-context.ts'
import { type Download, openDownload, UnreachableError } from './open-download.ts'
import { downloadSource, PINNED_VERSION, type Release, releaseFor } from './k6-version.ts'
import { unpackBinary } from './unpack-binary.ts'

// Ten times the size of a release: a server that never stops must not fill the disk.
const MAX_ARCHIVE_BYTES = 256 * 1_048_576

/**
 * Installs the pinned official release. A server that cannot be reached is skipped; a file that is
 * not what it should be throws.
 */
export async function downloadRelease(context: K6Context): Promise<Attempt> {
  const { env, platform, arch, say } = context
  const release = releaseFor(platform, arch)
  if (!release) return skip(`k6 ${PINNED_VERSION} is not published for ${platform} on ${arch}`)

  const { host } = new URL(downloadSource(env).baseUrl)
  say(`downloading k6 ${PINNED_VERSION} from ${host}`)
  try {
    return await installAtomically(context, (folder) => fetchBinary(release, folder, context))
  } catch (error) {
    if (error instanceof UnreachableError) return skip(`could not download ${error.message}`)
    throw error
  }
}

async function fetchBinary(release: Release, folder: string, context: K6Context): Promise<string> {
  const source = downloadSource(context.env)
  const expected = await expectedChecksum(release.archive, source, context)

  const download = await openDownload(source, release.archive, context)
  const archivePath = join(folder, release.archive)
  const actual = await save(download, archivePath, context)
  // Before unpacking: nothing of an unverified archive is ever read.
  if (actual !== expected) throw k6ChecksumWrong({ url: download.url, expected, actual })

  return unpackBinary(archivePath, release, folder)
}

/** Streams to a file, and returns the SHA-256 of what was received. */
async function save(download: Download, path: string, { progress }: K6Context): Promise<string> {
  const hash = createHash('sha256')
  let receivedBytes = 0
  async function* measured(): AsyncGenerator<Uint8Array> {
    for await (const chunk of download.chunks) {
      receivedBytes += chunk.length
      if (receivedBytes > MAX_ARCHIVE_BYTES) throw new UnreachableError(`${download.url}: endless`)
      hash.update(chunk)
      yield chunk
    }
  }
  const line = (): string => `downloading k6: ${share(receivedBytes, download.totalBytes)}`

  try {
    await withElapsedProgress({ progress, line }, () => pipeline(measured, createWriteStream(path)))
  } finally {
    download.close()
  }
  return hash.digest('hex')
}

function share(receivedBytes: number, totalBytes: number | undefined): string {
  const received = `${(receivedBytes / 1e6).toFixed(1)} MB`
  if (totalBytes === undefined) return received
  return `${Math.floor((100 * receivedBytes) / totalBytes)} % of ${(totalBytes / 1e6).toFixed(1)} MB`
}
