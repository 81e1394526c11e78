import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cloudRequest, cloudVariables } from './cloud-request.ts'

const env = { K6_CLOUD_TOKEN: 'secret', K6_CLOUD_STACK_ID: '7', K6_CLOUD_PROJECT_ID: '12' }
const wanted = { localExecution: false, usualName: 'spike on shop' }

test('the environment says what no option says', () => {
  assert.deepEqual(cloudRequest(wanted, env), {
    token: 'secret',
    settings: { name: 'spike on shop', projectID: 12, stackID: 7, execution: 'cloud' },
  })
})

test('an option wins over the environment, which k6 would prefer to the script', () => {
  const options = { ...wanted, cloudName: 'mine', cloudProject: 3, cloudStack: 4 }
  const request = cloudRequest({ ...options, localExecution: true }, env)

  assert.deepEqual(request.settings, {
    name: 'mine',
    projectID: 3,
    stackID: 4,
    execution: 'local',
  })
  assert.deepEqual(cloudVariables(request), {
    K6_CLOUD_TOKEN: 'secret',
    K6_CLOUD_NAME: 'mine',
    K6_CLOUD_PROJECT_ID: '3',
    K6_CLOUD_STACK_ID: '4',
  })
})

for (const [name, what] of [
  ['K6_CLOUD_TOKEN', /a token of Grafana Cloud k6 in K6_CLOUD_TOKEN/],
  ['K6_CLOUD_STACK_ID', /the number of a stack/],
  ['K6_CLOUD_PROJECT_ID', /the number of a project/],
] as const) {
  test(`without ${name} nothing is started`, () => {
    for (const value of ['', undefined, ...(name === 'K6_CLOUD_TOKEN' ? [] : ['seven'])]) {
      assert.throws(() => cloudRequest(wanted, { ...env, [name]: value }), {
        code: 'K6V_CLOUD_SETTING_MISSING',
        message: what,
        exitCode: 2,
      })
    }
  })
}
