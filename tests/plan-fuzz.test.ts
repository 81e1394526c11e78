// Whatever somebody writes into a plan, it is refused in sentences, or runs.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { advicePlan } from '../scripts/plan-file/advice.ts'
import { checkPlan } from '../scripts/plan-file/check-plan.ts'
import { formatPlanProblem } from '../scripts/plan-file/plan-problem.ts'
import { projectPath } from '../scripts/core/project.ts'
import { randomPlan } from './plan-file/random-plan.ts'

/** Names that objects have by themselves, and names of other fields. */
const name = fc.constantFrom(
  ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'length', '0', ''],
  ...['name', 'load', 'data', 'steps', 'shape', 'pause', 'request', 'thinkTime', 'checks', 'login'],
)
const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('${', '${}', '${captured}'))

type Node = Record<string, unknown>

/** Puts a value somewhere: in the place of another one, or as a further field. */
function changed(
  data: unknown,
  way: readonly number[],
  [field, given, isNew]: [string, unknown, boolean],
): unknown {
  const copy = structuredClone(data) as Node
  let node = copy
  for (const step of way) {
    const inner = Object.values(node).filter((each) => typeof each === 'object' && each !== null)
    const next = inner[step % Math.max(1, inner.length)]
    if (next === undefined) break
    node = next as Node
  }
  const names = Object.keys(node)
  const old = names[(way[0] ?? 0) % Math.max(1, names.length)]
  const isOld = Array.isArray(node) || !isNew
  const at = isOld ? (old ?? '0') : field
  // As a reader of YAML or JSON makes it.
  Object.defineProperty(node, at, {
    ...{ value: given, enumerable: true, writable: true, configurable: true },
  })
  return copy
}

test('no plan with something odd in it breaks the checks, and each problem has its place', async () => {
  const way = fc.array(fc.nat({ max: 20 }), { maxLength: 6 })
  let refused = 0
  await fc.assert(
    fc.asyncProperty(
      randomPlan,
      way,
      fc.tuple(name, value, fc.boolean()),
      async (plan, path, what) => {
        const data = changed(plan, path, what)
        const source = { path: '', folder: projectPath('plans'), data, positionOf: () => undefined }
        const checked = await checkPlan(source)
        if (!('problems' in checked)) return void advicePlan({ ...checked, source })
        refused++
        for (const problem of checked.problems) {
          assert.match(
            formatPlanProblem(problem, undefined),
            /^[^]+: expected [^]+, got [^]*\n {4}\S/,
          )
        }
      },
    ),
    { numRuns: 300 },
  )
  assert.ok(refused > 100, `${refused} refused`)
})
