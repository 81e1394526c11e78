import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { TestContext } from 'node:test'
import { projectPath } from '../scripts/core/project.ts'

/** What an operation may use: `ITEM`, and all that k6 has. */
const BEFORE = `
import { check } from 'k6'
import { noLogin } from '${projectPath('lib', 'auth-setup.ts')}'
import { endpoint } from '${projectPath('lib', 'endpoint.ts')}'
import { requiredEnv } from '${projectPath('lib', 'env.ts')}'
const ITEM = endpoint('GET /items/:id')
`

const after = (run: string, own: string): string => `
export const workload = {
  name: 'shop',
  auth: noLogin,
  thinkTime: { seconds: 0.05 },
  ${own}
  operations: { look: { weight: 1, run: (session) => { ${run} } } },
}
void [check, requiredEnv]
`

const SLA = {
  workload: 'shop',
  objectives: [{ id: 'checks', indicator: { share: 'checks' }, limit: '>= 100%' }],
}

export interface WrittenWorkload {
  /** Init code. */
  init: string
  /** Body of its only operation, which has a \`session\`. */
  run: string
  /** Further properties of the workload. */
  own?: string
  /** Further files, by their paths in its folder. */
  files?: Record<string, string>
}

/** A workload in a folder of its own, for as long as a test lasts: arguments that run it. */
export async function writtenWorkload(
  t: TestContext,
  { init, run, own = '', files = {} }: WrittenWorkload,
): Promise<{ folder: string; args: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-shop-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const all = {
    'workload.ts': [BEFORE, init, after(run, own)].join('\n'),
    'sla.json': JSON.stringify(SLA),
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return { folder, args: ['--workload', folder, '--sla', join(folder, 'sla.json')] }
}
