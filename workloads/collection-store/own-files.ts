import { sha256 } from 'k6/crypto'
import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Session } from '../../lib/session.ts'

/** A file of this user, as it must be downloaded. */
export interface OwnFile {
  name: string
  size: number
  sha256: string
}

const UPLOAD = endpoint('PUT /v1/store/files/:name', { statuses: [201] })

interface Uploaded extends OwnFile {
  stored_size: number
}

/** What was sent, and whether it was to be compressed. */
interface Sent extends OwnFile {
  compress: boolean
}

const validate = answerValidator<Uploaded, Sent>(UPLOAD, {
  rules: {
    'every-byte-came': ({ size }, sent) => size === sent.size,
    'checksum-right': (stored, sent) => stored.sha256 === sent.sha256,
    'compressed-as-asked': ({ stored_size, size }, { compress }) =>
      compress ? stored_size < size : stored_size === size,
  },
})

// Each VU has a JavaScript runtime, so these are the files of this VU.
const files = new Map<string, OwnFile>()

/** The sum that files are compared by. */
export const checksumOf = (bytes: ArrayBuffer): string => sha256(bytes, 'hex')

/** Uploads a file, in the place of one of that name; undefined if it was not accepted. */
export const upload = (
  session: Session,
  { name, bytes, compress }: { name: string; bytes: ArrayBuffer; compress: boolean },
): OwnFile | undefined => {
  const file = { name, size: bytes.byteLength, sha256: checksumOf(bytes) }
  // Until it is accepted, either the old or the new one may be stored.
  files.delete(name)
  const response = session.send(UPLOAD, bytes, { params: { name }, query: { compress } })
  if (!validate(response, { ...file, compress })) return undefined
  files.set(name, file)
  return file
}

/** The user's files, in the order of their uploads. */
export const ownFiles = (): OwnFile[] => [...files.values()]

/** Forgets a file that is deleted. */
export const forgetFile = ({ name }: OwnFile): void => {
  files.delete(name)
}
