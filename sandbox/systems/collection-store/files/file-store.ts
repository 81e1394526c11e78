import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { readFile, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import { ApiError } from '../../../api-error.ts'
import type { EveryNth } from '../../../planted-faults.ts'

/** The metadata of a stored file. */
export interface StoredFile {
  name: string
  /** Bytes as they were sent. */
  size: number
  /** Bytes on disk. */
  stored_size: number
  compressed: boolean
  /** Of the bytes as they were sent, in hex. */
  sha256: string
}

interface Entry extends StoredFile {
  path: string
}

export interface FileStoreOptions {
  bytesMax: number
  filesMax: number
  /** Uploads that are stored with a wrong byte. */
  corrupt: EveryNth
}

export interface NewFile {
  name: string
  bytes: Buffer
  compress: boolean
}

const compressed = promisify(gzip)
const decompressed = promisify(gunzip)

/** Files on disk, in a temporary folder that `close()` removes; each belongs to one user. */
export class FileStore {
  readonly #folder = mkdtempSync(join(tmpdir(), 'k6-verdict-files-'))
  readonly #entries = new Map<number, Map<string, Entry>>()
  readonly #options: FileStoreOptions
  // Also when the process ends in a hurry, with requests still under way.
  readonly #remove = () => rmSync(this.#folder, { recursive: true, force: true })
  #bytes = 0
  #files = 0
  #written = 0

  constructor(options: FileStoreOptions) {
    this.#options = options
    process.once('exit', this.#remove)
  }

  /** The folder that holds them. */
  get folder(): string {
    return this.#folder
  }

  /** Stores a file, replacing one of the same name. @throws ApiError 507 when all files would be too large or too many */
  async put(userId: number, { name, bytes, compress }: NewFile): Promise<StoredFile> {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const content = this.#options.corrupt.next() ? withWrongByte(bytes) : bytes
    const stored = compress ? await compressed(content) : content
    this.#reserve(stored.length)
    const path = join(this.#folder, String(++this.#written))
    try {
      await writeFile(path, stored)
    } catch (error) {
      this.#release(stored.length)
      throw error
    }
    const about = { name, size: bytes.length, stored_size: stored.length, sha256 }
    const entry = { ...about, compressed: compress, path }
    const files = this.#entries.get(userId) ?? new Map<string, Entry>()
    const old = files.get(name)
    this.#entries.set(userId, files.set(name, entry))
    if (old) await this.#unlink(old)
    return publicOf(entry)
  }

  /** The bytes on disk. @throws ApiError 404 */
  async read(userId: number, name: string): Promise<{ file: StoredFile; stored: Buffer }> {
    const entry = this.#find(userId, name)
    try {
      return { file: publicOf(entry), stored: await readFile(entry.path) }
    } catch (error) {
      // Deleted or replaced since it was looked up.
      if (this.#find(userId, name) !== entry) return this.read(userId, name)
      throw error
    }
  }

  /** The bytes as they were sent. @throws ApiError 404 */
  async content(userId: number, name: string): Promise<Buffer> {
    const { file, stored } = await this.read(userId, name)
    return file.compressed ? await decompressed(stored) : stored
  }

  /** A user's files by name. */
  list(userId: number): StoredFile[] {
    const files = [...(this.#entries.get(userId)?.values() ?? [])]
    return files.map(publicOf).sort((one, other) => (one.name < other.name ? -1 : 1))
  }

  /** @throws ApiError 404 */
  async remove(userId: number, name: string): Promise<void> {
    const entry = this.#find(userId, name)
    this.#entries.get(userId)?.delete(name)
    await this.#unlink(entry)
  }

  /** Files of all users. */
  get count(): number {
    return this.#files
  }

  close(): void {
    process.removeListener('exit', this.#remove)
    this.#remove()
  }

  #find(userId: number, name: string): Entry {
    const entry = this.#entries.get(userId)?.get(name)
    if (!entry) throw isMissing(name)
    return entry
  }

  async #unlink({ path, stored_size }: Entry): Promise<void> {
    this.#release(stored_size)
    await unlink(path)
  }

  /** Takes the room before a file is written, so that uploads at once do not exceed the limits together. */
  #reserve(bytes: number): void {
    const { bytesMax, filesMax } = this.#options
    if (this.#bytes + bytes > bytesMax || this.#files >= filesMax) {
      const rule = `Expected at most ${bytesMax} bytes in at most ${filesMax} files`
      throw new ApiError(507, 'store_full', rule)
    }
    this.#bytes += bytes
    this.#files++
  }

  #release(bytes: number): void {
    this.#bytes -= bytes
    this.#files--
  }
}

function publicOf({ name, size, stored_size, compressed, sha256 }: Entry): StoredFile {
  return { name, size, stored_size, compressed, sha256 }
}

function isMissing(name: string): ApiError {
  return new ApiError(404, 'not_found', `Expected the name of a stored file, got ${name}`)
}

function withWrongByte(bytes: Buffer): Buffer {
  const wrong = Buffer.from(bytes)
  const middle = Math.floor(wrong.length / 2)
  wrong[middle] = (wrong[middle] ?? 0) ^ 1
  return wrong
}
