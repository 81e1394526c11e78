// The tampered server in a process of its own, so that a signal can stop it.
import { fork } from 'node:child_process'
import { projectPath } from '../scripts/core/project.ts'
import { type Behaviour, type TamperedServer, tamperedServer } from './tampered-server.ts'

const SELF = 'tests/tampered-process.ts'

export interface TamperedProcess extends TamperedServer {
  pid: number
}

/** Starts the server as another process, which ends with this one. */
export async function tamperedProcess(behaviour: Behaviour): Promise<TamperedProcess> {
  const child = fork(projectPath('scripts', 'start.mjs'), [SELF, behaviour])
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: string) => resolve(message))
    child.once('exit', (code) => reject(new Error(`the server ended with exit code ${code}`)))
  })
  const { pid = 0 } = child
  const close = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  return { url, pid, close }
}

const [, script, behaviour] = process.argv
if (script === SELF) {
  const { url } = await tamperedServer(behaviour as Behaviour)
  process.send?.(url)
  process.once('disconnect', () => process.exit())
}
