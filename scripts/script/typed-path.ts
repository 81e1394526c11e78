import { resolve } from 'node:path'

/** Where the user has typed the command: npm itself goes to the folder of the package. */
export function userFolder(env: NodeJS.ProcessEnv): string {
  const { npm_lifecycle_event: started, INIT_CWD: typed } = env
  return started === 'k6' && typed ? typed : process.cwd()
}

/** A path as the user has typed it. */
export function userPath(path: string, env: NodeJS.ProcessEnv): string {
  return resolve(userFolder(env), path)
}

/** How k6 calls a script that it reads from its standard input. */
export const STANDARD_INPUT = '-'

/** A script as a sentence names it. */
export function scriptText(typed: string): string {
  return typed === STANDARD_INPUT ? 'the standard input' : typed
}

/** All of it: k6 reads a script more than once. */
export async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}
