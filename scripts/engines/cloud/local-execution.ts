import { say } from '../../core/console.ts'
import type { Manifest } from '../../run-folder/manifest.ts'
import { readCloudLine } from './cloud-command.ts'
import { type CloudRequest, cloudVariables, hideToken } from './cloud-request.ts'

/** A k6 of this machine whose metrics go to the cloud too. */
export interface LocalExecution {
  settings: CloudRequest['settings']
  /** k6's name of the output; `k6 cloud run --local-execution` would allow no other beside it. */
  output: 'cloud'
  env: Record<string, string>
  /** Gets each line that k6 prints, and finds the page of the run in them. */
  onLine: (line: string) => void
  /** Takes the token out of k6's logs, and says what is known of the run in the cloud. */
  end: (logs: readonly string[]) => Promise<NonNullable<Manifest['cloud']>>
}

/** What a run on this machine needs to be seen in the cloud. */
export function localExecution(request: CloudRequest): LocalExecution {
  const { token, settings } = request
  let page: string | undefined
  return {
    settings,
    output: 'cloud',
    env: cloudVariables(request),
    onLine: (line) => {
      const { url } = readCloudLine(line)
      if (url === undefined || page !== undefined) return
      page = url
      say(`result page: ${url}`)
    },
    end: async (logs) => {
      for (const log of logs) await hideToken(log, token)
      const { name, execution } = settings
      return { name, execution, ...(page !== undefined && { url: page }) }
    },
  }
}
