import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../../scripts/core/free-port.ts'
import { type K6Context, k6Context } from '../../../scripts/k6/k6-context.ts'

/** A machine with nothing on PATH, an empty cache and no server to download from. */
export interface BareMachine {
  context: K6Context
  /** The only folder on PATH. */
  bin: string
  cache: string
  said: string[]
  shown: string[]
  /** What lies in the cache, hidden files too. */
  cached: () => Promise<string[]>
}

/** The part of node:test's context that is needed here. */
interface Test {
  after: (cleanUp: () => Promise<void>) => void
}

/** Makes one, to be removed after the test. */
export async function bareMachine(
  test: Test,
  given: Partial<K6Context> = {},
): Promise<BareMachine> {
  const folder = await mkdtemp(join(tmpdir(), 'k6-verdict-test-'))
  test.after(() => rm(folder, { recursive: true, force: true }))
  const [bin, cache] = [join(folder, 'bin'), join(folder, 'cache')]
  await mkdir(bin)
  const said: string[] = []
  const shown: string[] = []
  const context = k6Context({
    say: (line) => said.push(line),
    progress: (line) => shown.push(line),
    platform: 'linux',
    arch: 'x64',
    pinnedSha256: {},
    ...given,
    env: {
      PATH: bin,
      K6_VERDICT_CACHE: cache,
      K6_DOWNLOAD_URL: `http://127.0.0.1:${await freePort()}/releases`,
      ...given.env,
    },
  })
  const cached = (): Promise<string[]> => readdir(cache)
  return { context, bin, cache, said, shown, cached }
}
