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
