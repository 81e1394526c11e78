import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { checkPlan, readPlan } from './check-plan.ts'
import { sound, WRONG_PLANS } from '../../tests/support/plan-file/wrong-plans.ts'
import { placeText } from './plan-problem.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'k6v-plan-'))
  await writeFile(join(folder, 'rows.csv'), 'sku,price\npen,2\nbook,12\n')
  await writeFile(join(folder, 'uneven.csv'), 'sku,price\npen,2,3\n')
  await writeFile(join(folder, 'users.csv'), 'username,password\nann,hunter2\n')
  await writeFile(join(folder, 'bad-users.csv'), 'name,password\nann,hunter2\n')
})
after(() => rm(folder, { recursive: true, force: true }))

/** `place: expected … got …` of each problem. */
async function problemsOf(data: unknown): Promise<string[]> {
  const checked = await checkPlan({ path: '', folder, data, positionOf: () => undefined })
  if (!('problems' in checked)) return []
  return checked.problems.map(({ at, expected, found, hint }) => {
    return `${placeText(at)}: ${expected}, got ${found} | ${hint}`
  })
}

test('a short plan has no problem', async () => {
  assert.deepEqual(await problemsOf(sound), [])
})

for (const [what, data, place, says] of WRONG_PLANS) {
  test(`a plan is refused for ${what}`, async () => {
    // As a file has it, which has no undefined.
    const given = Object.fromEntries(
      Object.entries(data as object).filter(([, each]) => each !== undefined),
    )
    const problems = await problemsOf(Array.isArray(data) ? data : given)
    assert.equal(problems.length, 1, problems.join('\n'))
    assert.ok(problems[0]?.startsWith(`${place}: `), problems[0])
    assert.match(problems[0] ?? '', says)
  })
}

test('no problem of a users file says anything of what is in it', async () => {
  const login = { strategy: 'basicAuth', users: 'bad-users.csv' }
  assert.doesNotMatch((await problemsOf({ ...sound, login })).join(), /hunter2|ann\b/)
})

test('all problems of a file are told at once, with their lines', async () => {
  const path = join(folder, 'broken.yaml')
  const lines = ['name: shop', 'operations:', '  look:', '    wieght: 2', '    steps:']
  const rest = ['      - request: GET /a/:id', 'load:', '  shape: constantUsers', '  users: 0']
  await writeFile(path, [...lines, ...rest].join('\n'))
  await assert.rejects(readPlan(path), ({ code, message }: Error & { code: string }) => {
    assert.equal(code, 'K6V_PLAN_INVALID')
    const places = [...message.matchAll(/^ {2}(\S+) (\S+):/gm)].map(([, at, place]) => [at, place])
    assert.deepEqual(places, [
      ['1:1', 'objectives'],
      ['4:5', 'operations.look.wieght'],
      ['6:9', 'operations.look.steps[0].params.id'],
      ['7:1', 'load.duration'],
      ['9:3', 'load.users'],
    ])
    return true
  })
})

test('a suite in place of a plan is told as that, not by each of its fields', async () => {
  const path = join(folder, 'suite.yaml')
  await writeFile(path, 'name: nightly\nphases: []\n')
  await assert.rejects(readPlan(path), /to be a plan, got a suite: phases of runs$/)
})
