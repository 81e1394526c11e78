import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { bareMachine } from '../../tests/support/k6/bare-machine.ts'
import { writeProgram } from '../../tests/support/k6/fake-k6.ts'
import { findDocker } from './find-docker.ts'
import { type DockerState, dockerProgram } from '../../tests/support/observability/programs.ts'

for (const [state, platform, sharesHostNetwork] of [
  [{}, 'linux', true],
  [{ system: 'Docker Desktop []' }, 'linux', false],
  [{ system: 'Debian [name=rootless]' }, 'linux', false],
  [{}, 'darwin', false],
  [{ compose: '5.0.1' }, 'linux', true],
  [{ compose: 'v2.24.0' }, 'linux', true],
] as [DockerState, NodeJS.Platform, boolean][]) {
  const how = sharesHostNetwork ? 'share' : 'do not share'
  test(`containers ${how} the network on ${platform} with ${JSON.stringify(state)}`, async (t) => {
    const { context, bin } = await bareMachine(t, { platform })
    const path = await writeProgram(join(bin, 'docker'), dockerProgram(state))
    assert.deepEqual(await findDocker(context), { path, sharesHostNetwork })
  })
}

for (const [program, missing] of [
  ['#!/bin/sh\nexit 1\n', 'docker has no compose plugin'],
  [dockerProgram({ compose: '2.23.3' }), 'docker compose 2.23.3 is older than 2.24'],
  [dockerProgram({ compose: '1.29.2' }), 'docker compose 1.29.2 is older than 2.24'],
  [dockerProgram({ isDaemonUp: false }), 'the Docker daemon does not answer'],
] as const) {
  test(`it says that ${missing}`, async (t) => {
    const { context, bin } = await bareMachine(t)
    await writeProgram(join(bin, 'docker'), program)
    assert.deepEqual(await findDocker(context), { missing })
  })
}
