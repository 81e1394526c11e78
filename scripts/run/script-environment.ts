import { requireUsersFile } from './users-file.ts'

/**
 * The environment of a script, whose users file has been checked: what is wrong with that is said with the line, and
 * before k6 is looked for.
 *
 * @throws ToolkitError when the users file is not what it should be
 */
export async function scriptEnvironment(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  await requireUsersFile(env)
  return env
}
