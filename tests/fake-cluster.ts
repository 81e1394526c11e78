// The fake kubectl as one executable, with a folder for its state.
import { chmod, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { projectPath } from '../scripts/core/project.ts'
import { realK6 } from './k6.ts'

export interface FakeCluster {
  folder: string
  /** For the CLI: which kubectl, its state, and what goes wrong. */
  env: Record<string, string>
  /** Every call, in order, without its namespace. */
  calls: () => Promise<string[]>
  /** Arguments of each `delete`. */
  deleted: () => Promise<string[]>
  close: () => Promise<void>
}

/** @param fault one of the cases of fake-kubectl.ts */
export async function startFakeCluster(fault = 'none'): Promise<FakeCluster> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-fake-cluster-'))
  for (const name of ['objects', 'samples', 'scripts', 'runners']) await mkdir(join(folder, name))
  const kubectl = join(folder, 'fake-kubectl.mjs')
  await build({
    entryPoints: [projectPath('tests', 'fake-kubectl.ts')],
    outfile: kubectl,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // yaml is CommonJS, and asks for Node's own modules.
    banner: {
      js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
    logLevel: 'silent',
  })
  await chmod(kubectl, 0o755)
  const lines = async (name: string): Promise<string[]> => {
    const text = await readFile(join(folder, name), 'utf8').catch(() => '')
    return text.split('\n').filter((line) => line !== '')
  }
  return {
    folder,
    env: {
      K6V_KUBECTL: kubectl,
      FAKE_KUBECTL_FOLDER: folder,
      FAKE_KUBECTL_CASE: fault,
      FAKE_KUBECTL_K6: (await realK6()).path,
    },
    calls: () => lines('calls.log'),
    deleted: () => lines('deleted.log'),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
