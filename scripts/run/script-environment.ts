import { keptVariables, USERS_FILE } from '../k6/environment.ts'
import { requireUsersFile } from './users-file.ts'

/**
 * What a script finds in `__ENV` when it is evaluated here, as k6 will give it. The users file has been checked
 * then, and changes nothing of the plan.
 *
 * @throws ToolkitError when the users file is not what it should be
 */
export async function scriptEnvironment(env: NodeJS.ProcessEnv): Promise<NodeJS.ProcessEnv> {
  await requireUsersFile(env)
  return { ...keptVariables(env), [USERS_FILE]: undefined }
}
