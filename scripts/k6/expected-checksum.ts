import { k6ChecksumMissing } from './errors.ts'
import type { K6Context } from './k6-context.ts'
import { openDownload } from './open-download.ts'
import { CHECKSUM_FILE, type DownloadSource } from './k6-version.ts'

// The real list is about 1 kB.
const MAX_LIST_BYTES = 65_536

/** The SHA-256 an archive must have: the pinned one, or else what the release's own list says. */
export async function expectedChecksum(
  archive: string,
  source: DownloadSource,
  context: K6Context,
): Promise<string> {
  const pinned = context.pinnedSha256[archive]
  if (pinned !== undefined) return pinned

  const list = await openDownload(source, CHECKSUM_FILE, context)
  let text = ''
  for await (const chunk of list.chunks) {
    text += Buffer.from(chunk).toString('latin1')
    if (text.length > MAX_LIST_BYTES) break
  }
  list.close()
  const checksum = checksumOf(archive, text)
  if (checksum === undefined) throw k6ChecksumMissing(list.url, archive)
  return checksum
}

/** Reads lines of `SHA256  FILE`, as sha256sum writes them; its binary mode puts a `*` before FILE. */
export function checksumOf(archive: string, list: string): string | undefined {
  for (const line of list.split('\n')) {
    const [, checksum, file] = /^([0-9a-f]{64}) [ *](.+?)\r?$/i.exec(line) ?? []
    if (file === archive) return checksum?.toLowerCase()
  }
  return undefined
}
