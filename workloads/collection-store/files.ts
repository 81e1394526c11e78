import { Rate } from 'k6/metrics'
import { endpoint } from '../../lib/endpoint.ts'
import { answerValidator } from '../../lib/metric-validators.ts'
import type { Response, Session } from '../../lib/session.ts'
import type { IterationData } from '../../lib/workload.ts'
import { fileContent, type FileSize, pictureOf, THUMBNAIL_SIDE } from './file-content.ts'
import { checksumOf, forgetFile, type OwnFile, ownFiles, upload } from './own-files.ts'

const DOWNLOAD = endpoint('GET /v1/store/files/:name')
const LIST = endpoint('GET /v1/store/files')
const THUMBNAIL = endpoint('GET /v1/store/files/:name/thumbnail')
const DELETE = endpoint('DELETE /v1/store/files/:name', { statuses: [204] })
const AFTER_DELETE = endpoint('GET /v1/store/files/:name', {
  label: 'after delete',
  statuses: [404],
})

/** Whether each download and thumbnail has exactly the expected bytes. */
const intact = new Rate('store_files_intact')

const binary = { responseType: 'binary' } as const

// With responseType 'binary' the body is an ArrayBuffer, which the type of a Response does not say. Without a body sha256
// throws, and the validator rejects the response as unreadable.
const sumOf = (response: Response): string => checksumOf(response.body as unknown as ArrayBuffer)

const checksumRight = (sum: string, { sha256 }: { sha256: string }): boolean => {
  const isRight = sum === sha256
  intact.add(isRight)
  return isRight
}

const ofBytes = { read: sumOf, rules: { 'checksum-right': checksumRight } }
const validateDownload = answerValidator<string, { sha256: string }>(DOWNLOAD, ofBytes)
const validateThumbnail = answerValidator<string, { sha256: string }>(THUMBNAIL, ofBytes)
const validateList = answerValidator<{ files: OwnFile[] }, OwnFile[]>(LIST, {
  rules: {
    'own-files-listed': ({ files }, own) =>
      own.every(({ name, sha256 }) =>
        files.some((file) => file.name === name && file.sha256 === sha256),
      ),
  },
})
// These responses have no body.
const validateDelete = answerValidator<true>(DELETE, { read: () => true })
const validateGone = answerValidator<true>(AFTER_DELETE, { read: () => true })

// A user has at most this many files: the next one replaces the first. Their names hold the user's number, as several VUs
// share an account where AUTH_USERNAME is set.
const NAMES = 6

/** Of twenty files one is large and five are of medium size. */
const sizeAt = (place: number): FileSize => {
  if (place < 0.05) return 'large'
  return place < 0.3 ? 'medium' : 'small'
}

/** Uploads a file of any size; about half of them are to be compressed. */
export const uploadFile = (session: Session, { index, random }: IterationData) => {
  const name = `file-${session.user}-${index % NAMES}.bin`
  const bytes = fileContent(sizeAt(random()), session.user, index)
  return upload(session, { name, bytes, compress: random() < 0.5 })
}

const anyFile = (session: Session, data: IterationData): OwnFile | undefined => {
  const files = ownFiles()
  return files[Math.floor(data.random() * files.length)] ?? uploadFile(session, data)
}

/** Downloads a file and compares its checksum with that of what was uploaded. */
export const downloadFile = (session: Session, data: IterationData): void => {
  const file = anyFile(session, data)
  if (!file) return
  const options = { params: { name: file.name }, ...binary }
  validateDownload(session.send(DOWNLOAD, undefined, options), file)
}

/** Lists the user's files: all that were uploaded and not deleted must be there. */
export const listFiles = (session: Session): void => {
  validateList(session.send(LIST), ownFiles())
}

/** Deletes a file, and checks that it is gone. */
export const deleteFile = (session: Session, data: IterationData): void => {
  const file = anyFile(session, data)
  if (!file) return
  const params = { name: file.name }
  forgetFile(file)
  if (!validateDelete(session.send(DELETE, undefined, { params }))) return
  validateGone(session.send(AFTER_DELETE, undefined, { params }))
}

let picture: ReturnType<typeof pictureOf> | undefined

/** Uploads a picture and asks for its thumbnail, every pixel of which is known. */
export const makeThumbnail = (session: Session, { random }: IterationData): void => {
  picture ??= pictureOf(session.user)
  const { image: bytes, thumbnail } = picture
  const name = `picture-${session.user}.ppm`
  const file = upload(session, { name, bytes, compress: random() < 0.5 })
  if (!file) return
  const options = { params: { name: file.name }, query: { width: THUMBNAIL_SIDE }, ...binary }
  const wanted = { sha256: checksumOf(thumbnail) }
  validateThumbnail(session.send(THUMBNAIL, undefined, options), wanted)
}
