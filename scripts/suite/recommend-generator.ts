// Pure. What to change about the load generator, or about the script, when a run is INVALID.
import type { Reason } from '../reasons/reasons.ts'
import type { ReportFile } from '../report/html/report-file.ts'
import type { Recommendation, RunCircumstances } from './recommend.ts'

/** A recommendation for each reason of an INVALID run that can be fixed. */
export function generatorAdvice(
  file: ReportFile,
  circumstances: RunCircumstances,
): Recommendation[] {
  if (file.verdict !== 'INVALID') return []
  return file.reasons.flatMap((reason) => {
    const found = adviceOf(reason, file, circumstances)
    return found ? [{ ...found, figure: reason.text }] : []
  })
}

const THREW = ['SCRIPT_THREW', 'SCRIPT_FAILED', 'SCRIPT_ABORTED']

function adviceOf(
  { code }: Reason,
  file: ReportFile,
  circumstances: RunCircumstances,
): Omit<Recommendation, 'figure'> | undefined {
  if (/^GENERATOR_(CPU|MEMORY)|^VUS_MISSING$|^LOAD_NOT_OFFERED$/.test(code)) {
    return { code: 'GENERATOR_BUSY', advice: lessLoad(file, circumstances) }
  }
  if (code === 'POOL_TOO_SMALL') {
    const advice = 'Give the run a larger pool of users (poolUsers), or a lower rate.'
    return { code: 'LOAD_NOT_SENT', advice }
  }
  if (code === 'LOG_IN_FAILED') {
    const advice = 'Compare AUTH_USERNAME, AUTH_PASSWORD or AUTH_USERS_FILE with the target.'
    return { code: 'LOAD_NOT_SENT', advice }
  }
  if (!THREW.includes(code)) return undefined
  return {
    code: 'SCRIPT_THREW',
    advice: 'Fix the script first: k6.log in the run folder has the lines.',
  }
}

/** A smaller load, or more machine for it. */
export function lessLoad({ delivery, run }: ReportFile, { runsAtOnce }: RunCircumstances): string {
  const alone =
    runsAtOnce > 1
      ? `${runsAtOnce} runs shared this machine: remove "parallel" from the phase. Otherwise give the run `
      : 'Give the run '
  const { usersReached } = delivery
  const users = usersReached === undefined ? 'a lower rate' : `fewer than ${usersReached} users`
  const more = run.host ? `with more than ${run.host.cpus} CPUs ` : ''
  return `${alone}${users}, or a machine ${more}that serves nothing else (docs/scaling.md).`
}
