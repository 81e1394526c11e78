import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { projectPath } from '../core/project.ts'
import { interruptedIterations } from './k6-log.ts'

// What k6 v2.2.0 printed when every tenth request of 8 users hung, and 55 were answered.
const output = readFileSync(projectPath('tests/support/k6/k6-output.txt'), 'utf8')

test('k6 says once a second how many iterations it has interrupted, and at last how many in all', () => {
  const counts = output.split('\n').map(interruptedIterations)

  assert.deepEqual(
    counts.filter((count) => count !== undefined),
    [0, 0, 0, 1, 2, 6],
  )
})

for (const { line, count } of [
  {
    line: 'running (1h02m03.4s), 0008/1000 VUs, 1000000 complete and 12 interrupted iterations',
    count: 12,
  },
  { line: 'paused, 0/5 VUs, 0 complete and 0 interrupted iterations', count: 0 },
  { line: 'iterations.....................: 55     10.991891/s', count: undefined },
  { line: 'msg="0/8 VUs, 5 complete and 3 interrupted iterations"', count: undefined },
  { line: '', count: undefined },
]) {
  test(`"${line}" tells of ${count ?? 'no iterations'}`, () => {
    assert.equal(interruptedIterations(line), count)
  })
}
