// Whatever stands in an SLA file, both readers either take it or name what is wrong.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pick, type Random } from '../../lib/random.ts'
import { ToolkitError } from '../../scripts/core/errors.ts'
import { projectPath } from '../../scripts/core/project.ts'
import { compileObjectives } from '../../scripts/sla/compile.ts'
import { catalogue, createPlan } from '../support/sla/example.ts'
import { readSla } from '../../scripts/sla/read-sla.ts'
import { readSlaAlone } from '../../scripts/sla/read-sla-alone.ts'
import type { Sla } from '../../scripts/sla/sla-file.ts'
import { below, fuzz, mutateBytes } from './mutate.ts'

const CASES = 4_000

const TOKENS = [
  ...['"', '{', '}', '[', ']', ',', ':', '\\', '\\u0000', '\uFEFF', '0s', '1e999', '-', '//', '%'],
  ...['"limit": "< 1%",', '"__proto__": 1,', '"where": {"status": "200"},', '"stop": {},'],
]

const VALUES: unknown[] = [
  ...[null, true, 0, -1, 1e300, '', '0s', '< 0%', '>= 100%', '< 1e9h', '\0', 'p95', '__proto__'],
  ...[[], {}, [[]], { toString: 'x' }, { length: 3 }, ['x', 'x'], { latency: 'p95' }],
  ...[`< ${'9'.repeat(400)}ms`, 'é'.repeat(500), { constructor: { name: 1 } }],
]

test(`${CASES} SLA files`, { timeout: 300_000 }, async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'k6v-fuzz-sla-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'sla.json')
  const text = await readFile(projectPath('thresholds', 'better-prompts.json'))
  const plan = createPlan()
  await fuzz({
    seed: 1,
    cases: CASES,
    create: (random, index) =>
      index % 4 === 0 ? mutateBytes(random, text, TOKENS) : Buffer.from(mutateData(random, text)),
    show: String,
    check: async (bytes) => {
      await writeFile(path, bytes)
      const sla = await readOrRefuse(() => readSla(path, catalogue))
      if (sla) compileObjectives(sla, { plan, scenario: 'load' })
      await readOrRefuse(() => readSlaAlone(path))
    },
  })
})

async function readOrRefuse(read: () => Promise<Sla>): Promise<Sla | undefined> {
  try {
    return await read()
  } catch (error) {
    assert(error instanceof ToolkitError, String(error))
    assert.match(error.code, /^K6V_SLA_(BAD_JSON|INVALID)$/)
    assert.equal(error.exitCode, 2)
    return undefined
  }
}

/** Puts odd values in place of some of a file's own. */
function mutateData(random: Random, text: Buffer): string {
  const data = JSON.parse(text.toString()) as Record<string, unknown>
  for (let left = below(random, 3) + 1; left > 0; left--) {
    let node = data
    for (let levels = below(random, 4); levels > 0; levels--) {
      const inner = Object.values(node).filter((each) => typeof each === 'object' && each !== null)
      if (inner.length > 0) node = pick(random, inner) as Record<string, unknown>
    }
    const names = [...Object.keys(node), 'where', 'windows', 'limit', 'scenarios']
    node[pick(random, names)] = structuredClone(pick(random, VALUES))
  }
  return JSON.stringify(data)
}
