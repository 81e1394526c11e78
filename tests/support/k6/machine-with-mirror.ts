import type { TestContext } from 'node:test'
import type { K6Context } from '../../../scripts/k6/k6-context.ts'
import { type BareMachine, bareMachine } from './bare-machine.ts'
import { type ReleaseServer, serveRelease } from './release-server.ts'

/** A bare machine that can reach a mirror with these files, until the test ends. */
export async function machineWithMirror(
  test: TestContext,
  files: Parameters<typeof serveRelease>[1],
  given: Partial<K6Context> = {},
): Promise<BareMachine & ReleaseServer> {
  const server = await serveRelease(test, files)
  const machine = await bareMachine(test, { ...given, env: { K6_DOWNLOAD_URL: server.url } })
  return { ...machine, ...server }
}
