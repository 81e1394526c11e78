import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { writeProgram } from '../../tests/support/k6/fake-k6.ts'
import {
  alertmanagerProgram,
  dockerProgram,
  prometheusProgram,
} from '../../tests/support/observability/programs.ts'
import { checkObservability } from './check-observability.ts'

test('a machine with nothing is told what is missing of each way, and the command', async (t) => {
  const { context } = await bareMachine(t)
  assert.deepEqual(await checkObservability(context), {
    name: 'observability',
    found:
      'none: no docker on PATH; no prometheus on PATH; no prometheus-alertmanager or alertmanager on PATH',
    ok: 'optional',
    advice:
      'Only needed to watch runs live: start Docker, or sudo apt-get install prometheus prometheus-alertmanager',
  })
})

test('a Docker that answers is all that it takes', async (t) => {
  const { context, bin } = await bareMachine(t)
  await writeProgram(join(bin, 'docker'), dockerProgram())
  const { found, ok } = await checkObservability(context)
  assert.deepEqual([found, ok], ['Docker Compose: Prometheus, Alertmanager and Grafana', true])
})

test('a Docker without its daemon is passed over for binaries, and Grafana is missed', async (t) => {
  const { context, bin } = await bareMachine(t)
  await writeProgram(join(bin, 'docker'), dockerProgram({ isDaemonUp: false }))
  await writeProgram(join(bin, 'prometheus'), prometheusProgram('3.1.0'))
  await writeProgram(join(bin, 'alertmanager'), alertmanagerProgram())
  const { found, ok, advice } = await checkObservability(context)
  assert.equal(
    found,
    'binaries: Prometheus 3.1.0 and Alertmanager; no Grafana (the Docker daemon does not answer, no GRAFANA_HOME)',
  )
  assert.equal(ok, 'optional')
  assert.match(advice ?? '', /GRAFANA_HOME/)
})

test('a Grafana home makes binaries complete, and a wrong one is said', async (t) => {
  const { context, bin } = await bareMachine(t)
  await writeProgram(join(bin, 'prometheus'), prometheusProgram('2.42.0'))
  await writeProgram(join(bin, 'prometheus-alertmanager'), alertmanagerProgram())
  const home = join(bin, '..', 'grafana')
  const withHome = { ...context, env: { ...context.env, GRAFANA_HOME: home } }
  assert.match((await checkObservability(withHome)).found, /Expected GRAFANA_HOME to be a folder/)

  await writeProgram(join(home, 'bin', 'grafana'), '#!/bin/sh\n')
  const { found, ok } = await checkObservability(withHome)
  assert.equal(found, `binaries: Prometheus 2.42.0 and Alertmanager, Grafana in ${home}`)
  assert.equal(ok, true)
})

test('a Prometheus that cannot take native histograms is too old', async (t) => {
  const { context, bin } = await bareMachine(t)
  await writeProgram(join(bin, 'prometheus'), prometheusProgram('2.41.0'))
  await writeProgram(join(bin, 'alertmanager'), alertmanagerProgram())
  const { found, ok } = await checkObservability(context)
  assert.match(found, /to be Prometheus 2\.42 or newer, got 2\.41\.0/)
  assert.equal(ok, 'optional')
})
