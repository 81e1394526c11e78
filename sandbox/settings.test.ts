import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DEFAULT_SETTINGS, settingsFromEnvironment } from './settings.ts'
import { loadSystems, rulesFor } from './system.ts'

test('without variables the defaults apply, and others are left alone', () => {
  assert.deepEqual(settingsFromEnvironment({ HOME: '/home/me' }), DEFAULT_SETTINGS)
})

test('a variable named after a setting overrides it', () => {
  const settings = settingsFromEnvironment({ SANDBOX_POOL_MAX: '1', SANDBOX_MODEL_SIGMA: '0.25' })

  assert.equal(settings.poolMax, 1)
  assert.equal(settings.modelSigma, 0.25)
})

test('all problems are reported at once, with what was expected and found', () => {
  const environment = {
    SANDBOX_POOL_MAX: '0',
    SANDBOX_SEED: '1.5',
    SANDBOX_MODEL_SIGMA: 'wide',
    SANDBOX_POOLMAX: '3',
  }
  assert.throws(() => settingsFromEnvironment(environment), {
    message: [
      'Expected a known SANDBOX_ variable, got SANDBOX_POOLMAX',
      'Expected SANDBOX_SEED to be an integer from 0 to 4294967295, got "1.5"',
      'Expected SANDBOX_POOL_MAX to be an integer from 1 to 1000, got "0"',
      'Expected SANDBOX_MODEL_SIGMA to be a number from 0 to 3, got "wide"',
    ].join('\n'),
  })
})

test('an empty variable is refused, not read as 0', () => {
  assert.throws(() => settingsFromEnvironment({ SANDBOX_PORT: '' }), /SANDBOX_PORT/)
})

test("a setting of another system is no mistake, and nobody's is one", async () => {
  const environment = { SANDBOX_COST_ANALYSIS_DELAY_MS: '5', SANDBOX_COST_ANALYSIS: '5' }
  const rules = await rulesFor(environment, await loadSystems(['value-canvas']))
  assert.throws(() => settingsFromEnvironment(environment, rules), {
    message: 'Expected a known SANDBOX_ variable, got SANDBOX_COST_ANALYSIS',
  })
  assert.equal(Object.hasOwn(await rulesFor({}, []), 'costAnalysisDelayMs'), false)
})
